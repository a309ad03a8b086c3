/** Loudness of one audio track. */

/** Quieter than this is silence; full scale is 0 dB. */
const FLOOR_DB = -60;

export class LevelMeter {
  #context: AudioContext | null = null;
  #source: MediaStreamAudioSourceNode | null = null;
  #analyser: AnalyserNode | null = null;
  #samples = new Float32Array(new ArrayBuffer(0));

  /** Measure this track from now on; null measures nothing. */
  follow(track: MediaStreamTrack | null): void {
    this.#source?.disconnect();
    this.#source = null;
    if (track === null) return;
    this.#context ??= new AudioContext();
    if (this.#analyser === null) {
      this.#analyser = this.#context.createAnalyser();
      this.#analyser.fftSize = 512;
      this.#samples = new Float32Array(new ArrayBuffer(512 * Float32Array.BYTES_PER_ELEMENT));
    }
    this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#analyser);
    this.resume();
  }

  /** Browsers keep an audio context asleep until the person has touched the page. */
  resume(): void {
    if (this.#context?.state !== "suspended") return;
    // Stays asleep until the next gesture: the meter shows silence, nothing else depends on it.
    this.#context.resume().catch(() => {});
  }

  /** 0 (silence) to 1 (full scale), linear in decibels. */
  read(): number {
    if (this.#analyser === null || this.#source === null) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let sum = 0;
    for (const sample of this.#samples) sum += sample * sample;
    return levelOf(Math.sqrt(sum / this.#samples.length));
  }

  close(): void {
    this.follow(null);
    this.#context?.close().catch(() => {});
    this.#context = null;
  }
}

/** Maps an amplitude (0 to 1) to a level that looks right: linear in decibels. */
export function levelOf(amplitude: number): number {
  if (amplitude <= 0) return 0;
  return Math.min(1, Math.max(0, 1 - 20 * Math.log10(amplitude) / FLOOR_DB));
}
