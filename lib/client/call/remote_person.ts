/** Somebody else in the room, as the page sees them. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import type { Line } from "../rtc/lines.ts";
import { levelOf } from "../media/level_meter.ts";
import type { LinkPhase, RemotePerson } from "./call_state.ts";

export class RemoteView implements RemotePerson {
  readonly id: number;
  readonly #participant;
  readonly #link = signal<LinkPhase>("connecting");
  readonly #level = signal(0);
  /** Lines whose track has arrived. */
  readonly #arrived = signal<ReadonlySet<Line>>(new Set());
  readonly camera = new MediaStream();
  readonly audio = new MediaStream();
  readonly screen = new MediaStream();
  readonly screenAudio = new MediaStream();
  #microphone: RTCRtpReceiver | null = null;

  readonly participant: ReadonlySignal<VideoParticipant>;
  readonly link: ReadonlySignal<LinkPhase> = this.#link;
  readonly level: ReadonlySignal<number> = this.#level;
  readonly showsCamera: ReadonlySignal<boolean>;
  readonly showsScreen: ReadonlySignal<boolean>;

  constructor(participant: VideoParticipant) {
    this.id = participant.participant_id;
    this.#participant = signal(participant);
    this.participant = this.#participant;
    this.showsCamera = computed(() =>
      this.#participant.value.is_video_enabled && this.#arrived.value.has("camera")
    );
    this.showsScreen = computed(() =>
      this.#participant.value.is_screen_sharing && this.#arrived.value.has("screen")
    );
  }

  update(participant: VideoParticipant): void {
    this.#participant.value = participant;
  }

  setLink(phase: LinkPhase): void {
    this.#link.value = phase;
  }

  /** A track has arrived; it takes the place of the line's earlier one. */
  setTrack(line: Line, track: MediaStreamTrack, receiver: RTCRtpReceiver): void {
    const stream = this.#streamOf(line);
    for (const old of stream.getTracks()) if (old !== track) stream.removeTrack(old);
    stream.addTrack(track);
    if (line === "microphone") this.#microphone = receiver;
    this.#arrived.value = new Set([...this.#arrived.value, line]);
  }

  /** Called some ten times a second. */
  readLevel(): void {
    const amplitude = this.#microphone?.getSynchronizationSources()[0]?.audioLevel ?? 0;
    this.#level.value = this.#participant.peek().is_muted ? 0 : levelOf(amplitude);
  }

  #streamOf(line: Line): MediaStream {
    switch (line) {
      case "microphone":
        return this.audio;
      case "camera":
        return this.camera;
      case "screen":
        return this.screen;
      case "screen_audio":
        return this.screenAudio;
    }
  }
}
