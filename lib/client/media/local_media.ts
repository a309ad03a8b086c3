/**
 * This person's microphone, camera and screen: what is wanted, what captures, what went wrong.
 *
 * Muting keeps the microphone open and sends silence, so that unmuting is instant; switching the
 * camera off releases it, so that its light goes out.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { captureP, type QualityChoice } from "../../shared/domain/quality_choice.ts";
import {
  cameraSize,
  captureCamera,
  type Captured,
  captureMicrophone,
  captureScreen,
  listDevices,
} from "./devices.ts";
import { LevelMeter } from "./level_meter.ts";
import type { DeviceChoice, DeviceProblem, LocalMediaView } from "./local_media_types.ts";
import { FirstCapture } from "./first_capture.ts";
import { type MediaPreferences, savePreferences } from "./preferences.ts";

const LEVEL_PERIOD_MS = 80;

type Track = MediaStreamTrack | null;

export class LocalMedia implements LocalMediaView {
  readonly #preferences = signal<MediaPreferences>({
    microphoneOn: true,
    cameraOn: true,
    microphoneId: "",
    cameraId: "",
    speakerId: "",
    quality: "auto",
  });
  readonly #microphone = signal<Track>(null);
  readonly #camera = signal<Track>(null);
  readonly #screen = signal<MediaStream | null>(null);
  readonly #microphoneProblem = signal<DeviceProblem | null>(null);
  readonly #cameraProblem = signal<DeviceProblem | null>(null);
  readonly #ready = signal(false);
  readonly #devices = signal<Record<MediaDeviceKind, DeviceChoice[]>>({
    audioinput: [],
    videoinput: [],
    audiooutput: [],
  });
  readonly #level = signal(0);
  readonly #rawLevel = signal(0);
  readonly #meter = new LevelMeter();
  readonly #lifetime = new AbortController();
  #levelTimer: ReturnType<typeof setInterval> | undefined;
  /** Counts camera requests: a late answer to an outdated one is thrown away. */
  #cameraRequest = 0;
  #microphoneRequest = 0;
  /** It was on when the person chose to have sound alone. */
  #cameraWaits = false;

  readonly microphoneOn = computed(() =>
    this.#preferences.value.microphoneOn && this.#microphone.value !== null
  );
  readonly cameraOn = computed(() => this.#camera.value !== null);
  readonly screenOn = computed(() => this.#screen.value !== null);
  readonly cameraStream = computed(() => streamOf(this.#camera.value));
  readonly screenStream: ReadonlySignal<MediaStream | null> = this.#screen;
  readonly microphoneProblem: ReadonlySignal<DeviceProblem | null> = this.#microphoneProblem;
  readonly cameraProblem: ReadonlySignal<DeviceProblem | null> = this.#cameraProblem;
  readonly ready: ReadonlySignal<boolean> = this.#ready;
  readonly cameras = computed(() => this.#devices.value.videoinput);
  readonly microphones = computed(() => this.#devices.value.audioinput);
  readonly speakers = computed(() => this.#devices.value.audiooutput);
  readonly cameraId = computed(() =>
    this.#camera.value?.getSettings().deviceId ?? this.#preferences.value.cameraId
  );
  readonly microphoneId = computed(() =>
    this.#microphone.value?.getSettings().deviceId ?? this.#preferences.value.microphoneId
  );
  readonly speakerId = computed(() => this.#preferences.value.speakerId);
  readonly quality = computed(() => this.#preferences.value.quality);
  readonly level: ReadonlySignal<number> = this.#level;
  /** Loudness of the microphone even while muted: for the hint that nobody hears. */
  readonly rawLevel: ReadonlySignal<number> = this.#rawLevel;
  /** What is sent: null for what is off. A muted microphone stays, silent. */
  readonly tracks = computed(() => ({
    microphone: this.#microphone.value,
    camera: this.#camera.value,
    screen: this.#screen.value?.getVideoTracks()[0] ?? null,
    screen_audio: this.#screen.value?.getAudioTracks()[0] ?? null,
  }));

  /** What the person wants, whether or not it captures yet. */
  get wantsMicrophone(): boolean {
    return this.#preferences.peek().microphoneOn;
  }

  get wantsCamera(): boolean {
    return this.#preferences.peek().cameraOn;
  }

  /** Captures what the person had on last time. Problems land in signals. */
  async start(first = new FirstCapture()): Promise<void> {
    const { preferences, audio, video } = first;
    this.#preferences.value = preferences;
    this.#watch();
    const microphoneRequest = ++this.#microphoneRequest;
    const cameraRequest = ++this.#cameraRequest;
    this.#takeMicrophone(await audio, microphoneRequest);
    if (video !== null) this.#takeCamera(await video, cameraRequest);
    this.#ready.value = true;
    await this.#refreshDevices();
  }

  async setMicrophone(on: boolean): Promise<void> {
    this.#prefer({ microphoneOn: on });
    if (on && this.#microphone.value === null) await this.#openMicrophone();
    this.#applyMute();
  }

  async setCamera(on: boolean): Promise<void> {
    this.#prefer({ cameraOn: on });
    if (on) this.#leaveAudioOnly();
    if (on) return await this.#openCamera();
    this.#cameraRequest++;
    this.#releaseCamera();
    this.#cameraProblem.value = null;
  }

  async chooseMicrophone(id: string): Promise<void> {
    this.#prefer({ microphoneId: id });
    await this.#openMicrophone();
  }

  async chooseCamera(id: string): Promise<void> {
    this.#prefer({ cameraId: id, cameraOn: true });
    // Phones cannot open the second camera while the first one is held.
    this.#releaseCamera();
    await this.#openCamera();
  }

  chooseSpeaker(id: string): void {
    this.#prefer({ speakerId: id });
  }

  /** Sound alone means that the own camera is off as well; it comes back with the pictures. */
  async chooseQuality(quality: QualityChoice): Promise<void> {
    const before = this.#preferences.peek().quality;
    this.#prefer({ quality });
    if (quality === "audio_only") {
      this.#cameraWaits ||= this.#preferences.peek().cameraOn;
      this.stopScreen();
      return await this.setCamera(false);
    }
    if (before === "audio_only" && this.#cameraWaits) return await this.setCamera(true);
    // Refused where the camera is busy or knows no such size: it stays as it is.
    await this.#camera.peek()?.applyConstraints(cameraSize(captureP(quality))).catch(() => {});
  }

  /** True when sharing runs; false when the person declined. */
  async startScreen(): Promise<boolean> {
    const stream = await captureScreen();
    if (stream === null) return false;
    this.stopScreen();
    this.#leaveAudioOnly();
    // Ended from the browser's own bar, or the window that was shared is gone.
    stream.getVideoTracks()[0]?.addEventListener("ended", () => {
      if (this.#screen.value === stream) this.stopScreen();
    });
    this.#screen.value = stream;
    return true;
  }

  stopScreen(): void {
    stop(this.#screen.value?.getTracks() ?? []);
    this.#screen.value = null;
  }

  /** A gesture happened: the level meter may wake up. */
  touch(): void {
    this.#meter.resume();
  }

  dispose(): void {
    this.#lifetime.abort();
    clearInterval(this.#levelTimer);
    this.#cameraRequest++;
    this.#microphoneRequest++;
    this.#meter.close();
    this.stopScreen();
    this.#releaseCamera();
    this.#releaseMicrophone();
  }

  #watch(): void {
    const { signal } = this.#lifetime;
    navigator.mediaDevices?.addEventListener(
      "devicechange",
      () => void this.#refreshDevices(),
      { signal },
    );
    addEventListener("pointerdown", () => this.touch(), { signal, passive: true });
    this.#levelTimer = setInterval(() => this.#readLevel(), LEVEL_PERIOD_MS);
  }

  #readLevel(): void {
    const level = this.#meter.read();
    this.#rawLevel.value = level;
    this.#level.value = this.microphoneOn.peek() ? level : 0;
  }

  #prefer(change: Partial<MediaPreferences>): void {
    this.#preferences.value = { ...this.#preferences.value, ...change };
    savePreferences(this.#preferences.value);
  }

  async #refreshDevices(): Promise<void> {
    this.#devices.value = await listDevices();
  }

  get #cameraWish() {
    const { cameraId, quality } = this.#preferences.peek();
    return { id: cameraId, p: captureP(quality) };
  }

  /** Whoever shows something wants to be seen. */
  #leaveAudioOnly(): void {
    this.#cameraWaits = false;
    if (this.#preferences.peek().quality === "audio_only") this.#prefer({ quality: "auto" });
  }

  async #openMicrophone(): Promise<void> {
    const request = ++this.#microphoneRequest;
    const { microphoneId } = this.#preferences.value;
    this.#takeMicrophone(await captureMicrophone(microphoneId), request);
    await this.#refreshDevices();
  }

  async #openCamera(): Promise<void> {
    const request = ++this.#cameraRequest;
    this.#takeCamera(await captureCamera(this.#cameraWish), request);
    await this.#refreshDevices();
  }

  #takeMicrophone(captured: Captured, request: number): void {
    if ("track" in captured && request !== this.#microphoneRequest) return stop([captured.track]);
    if (request !== this.#microphoneRequest) return;
    this.#microphoneProblem.value = "problem" in captured ? captured.problem : null;
    if ("problem" in captured) return;
    this.#releaseMicrophone();
    const { track } = captured;
    track.addEventListener("ended", () => this.#microphoneEnded(track));
    this.#microphone.value = track;
    this.#applyMute();
    this.#meterOn(track);
  }

  #takeCamera(captured: Captured, request: number): void {
    if ("track" in captured && request !== this.#cameraRequest) return stop([captured.track]);
    if (request !== this.#cameraRequest) return;
    this.#cameraProblem.value = "problem" in captured ? captured.problem : null;
    if ("problem" in captured) return;
    this.#releaseCamera();
    const { track } = captured;
    track.addEventListener("ended", () => this.#cameraEnded(track));
    this.#camera.value = track;
  }

  /** Unplugged, or taken away by the system: another microphone may be there. */
  #microphoneEnded(track: MediaStreamTrack): void {
    if (this.#microphone.value !== track) return;
    this.#releaseMicrophone();
    void this.#openMicrophone();
  }

  #cameraEnded(track: MediaStreamTrack): void {
    if (this.#camera.value !== track) return;
    this.#releaseCamera();
    this.#cameraProblem.value = "not_found";
  }

  #applyMute(): void {
    const track = this.#microphone.value;
    if (track !== null) track.enabled = this.#preferences.value.microphoneOn;
  }

  /** The meter listens to a copy, so that it hears while the sent track is muted. */
  #meterOn(track: MediaStreamTrack): void {
    const copy = track.clone();
    copy.enabled = true;
    track.addEventListener("ended", () => copy.stop());
    this.#metered = copy;
    this.#meter.follow(copy);
  }
  #metered: Track = null;

  #releaseMicrophone(): void {
    this.#meter.follow(null);
    stop([this.#microphone.value, this.#metered]);
    this.#metered = null;
    this.#microphone.value = null;
  }

  #releaseCamera(): void {
    stop([this.#camera.value]);
    this.#camera.value = null;
  }
}

function stop(tracks: readonly Track[]): void {
  for (const track of tracks) track?.stop();
}

function streamOf(track: Track): MediaStream | null {
  return track === null ? null : new MediaStream([track]);
}
