/** Somebody else in the room, as the page sees them. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ModerationEvent } from "../../shared/protocol/moderation.ts";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import type { Line } from "../rtc/lines.ts";
import { levelOf } from "../media/level_meter.ts";
import { Account, type DeviceWord } from "./device_words.ts";
import type { LinkPhase, Protection, RemotePerson } from "./call_state.ts";

export class RemoteView implements RemotePerson {
  readonly id: number;
  readonly #account: Account;
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
    this.#account = new Account(participant);
    this.#participant = signal(participant);
    this.participant = this.#participant;
    this.showsCamera = computed(() =>
      this.#participant.value.is_video_enabled && this.#arrived.value.has("camera") &&
      mayPlay(this.#protection.value)
    );
    this.showsScreen = computed(() =>
      this.#participant.value.is_screen_sharing && this.#arrived.value.has("screen") &&
      mayPlay(this.#protection.value)
    );
  }

  update(participant: VideoParticipant): void {
    this.#account.learn(participant);
    this.#believe();
  }

  /** What this person says of their own devices, past the server. */
  hear(word: DeviceWord): void {
    this.#account.hear(word);
    this.#believe();
  }

  /** Something was ordered, perhaps of this person. */
  order(event: ModerationEvent): void {
    this.#account.order(event);
    this.#believe();
  }

  setServerAway(away: boolean): void {
    this.#account.setServerAway(away);
    this.#believe();
  }

  setLink(phase: LinkPhase): void {
    this.#link.value = phase;
  }

  setProtection(protection: Protection): void {
    this.#protection.value = protection;
    this.#enforce();
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

  /**
   * Called several times a second. To ask the browser makes the page wait for its network thread:
   * only of those who can be heard.
   */
  readLevel(): void {
    const heard = this.#link.peek() === "connected" && !this.#participant.peek().is_muted;
    const [source] = heard ? this.#microphone?.getSynchronizationSources() ?? [] : [];
    this.#level.value = levelOf(source?.audioLevel ?? 0);
  }

  #believe(): void {
    this.#participant.value = this.#account.believed;
    this.#enforce();
  }

  /**
   * What somebody has off stays unheard and unseen here, whatever that browser sends: a mute by a
   * moderator must not depend on the muted one's obedience. And nothing plays before it is known
   * how it is protected: encrypted sound without its key is full-scale noise.
   */
  #enforce(): void {
    const { is_muted, is_video_enabled, is_screen_sharing } = this.#participant.peek();
    const plays = mayPlay(this.#protection.peek());
    letThrough(this.audio, plays && !is_muted);
    letThrough(this.camera, plays && is_video_enabled);
    letThrough(this.screen, plays && is_screen_sharing);
    letThrough(this.screenAudio, plays && is_screen_sharing);
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

function mayPlay({ kind }: Protection): boolean {
  return kind === "encrypted" || kind === "transport";
}

/** A received track that is not enabled yields silence and black to everyone who uses it. */
function letThrough(stream: MediaStream, enabled: boolean): void {
  for (const track of stream.getTracks()) track.enabled = enabled;
}
