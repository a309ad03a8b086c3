/** Somebody else in the room, as the page sees them. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import type { Line } from "../rtc/lines.ts";
import { levelOf } from "../media/level_meter.ts";
import type { LinkPhase, Protection, RemotePerson } from "./call_state.ts";

export class RemoteView implements RemotePerson {
  readonly id: number;
  readonly #participant;
  readonly #link = signal<LinkPhase>("connecting");
  readonly #protection = signal<Protection>({ kind: "agreeing" });
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
  readonly protection: ReadonlySignal<Protection> = this.#protection;
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
    this.#enforce();
  }

  setLink(phase: LinkPhase): void {
    this.#link.value = phase;
  }

  setProtection(protection: Protection): void {
    this.#protection.value = protection;
  }

  /** A track has arrived; it takes the place of the line's earlier one. */
  setTrack(line: Line, track: MediaStreamTrack, receiver: RTCRtpReceiver): void {
    const stream = this.#streamOf(line);
    for (const old of stream.getTracks()) if (old !== track) stream.removeTrack(old);
    stream.addTrack(track);
    if (line === "microphone") this.#microphone = receiver;
    this.#arrived.value = new Set([...this.#arrived.value, line]);
    this.#enforce();
  }

  /** Called some ten times a second. */
  readLevel(): void {
    const amplitude = this.#microphone?.getSynchronizationSources()[0]?.audioLevel ?? 0;
    this.#level.value = this.#participant.peek().is_muted ? 0 : levelOf(amplitude);
  }

  /**
   * What somebody has off stays unheard and unseen here, whatever that browser sends: a mute by a
   * moderator must not depend on the muted one's obedience.
   */
  #enforce(): void {
    const { is_muted, is_video_enabled, is_screen_sharing } = this.#participant.peek();
    letThrough(this.audio, !is_muted);
    letThrough(this.camera, is_video_enabled);
    letThrough(this.screen, is_screen_sharing);
    letThrough(this.screenAudio, is_screen_sharing);
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

/** A received track that is not enabled yields silence and black to everyone who uses it. */
function letThrough(stream: MediaStream, enabled: boolean): void {
  for (const track of stream.getTracks()) track.enabled = enabled;
}
