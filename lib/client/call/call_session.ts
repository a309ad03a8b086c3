/**
 * One stay in one room: joins, connects, and conducts the three that know nothing of each other:
 * signaling, the mesh, and this person's devices.
 */
import { batch, computed, effect, signal } from "@preact/signals";
import { CLOSE_CODE } from "../../shared/protocol/close_codes.ts";
import type { ErrorBody } from "../../shared/protocol/errors.ts";
import type { ClientMessageData, ServerMessage } from "../../shared/protocol/messages.ts";
import type { JoinAnswer, VideoParticipant } from "../../shared/protocol/participants.ts";
import type { VideoRoom } from "../../shared/protocol/rooms.ts";
import { joinRoom, leaveOnUnload } from "../api/api_client.ts";
import type { LocalMedia } from "../media/local_media.ts";
import { BEAT_MS, HIDDEN_BEAT_MS } from "../rtc/link_keeper.ts";
import { Mesh } from "../rtc/mesh.ts";
import { SignalingClient, type SocketTicket } from "../signaling/signaling_client.ts";
import { ActiveSpeaker, SPEECH_LEVEL } from "./active_speaker.ts";
import { applyMessage } from "./apply_message.ts";
import type { CallCommands, CallEnd, CallPhase, CallState, RemotePerson } from "./call_state.ts";
import { Roster } from "./roster.ts";

/** What this client can do beyond the documented protocol. */
const CAPABILITIES = ["mesh-1"];
const LEVEL_PERIOD_MS = 100;
const MAX_TROUBLE_CHARS = 200;

/** Refusals that another attempt may overcome. */
const PASSING: ReadonlySet<ErrorBody["error_code"]> = new Set([
  "UNAVAILABLE",
  "TOO_MANY_REQUESTS",
  "INTERNAL_ERROR",
  "CONFLICT",
]);

export interface CallOptions {
  roomCode: string;
  /** Shown to the others; the account's name otherwise. */
  userName?: string;
  media: LocalMedia;
}

/** Joins at once. Failures show up in `state.end`. */
export function startCall(options: CallOptions): CallSession {
  const session = new CallSession(options);
  void session.start();
  return session;
}

export class CallSession implements CallCommands {
  readonly #roomCode: string;
  readonly #userName: string | undefined;
  readonly #media: LocalMedia;
  readonly #phase = signal<CallPhase>("connecting");
  readonly #end = signal<CallEnd | null>(null);
  readonly #room = signal<VideoRoom | null>(null);
  readonly #self = signal<VideoParticipant | null>(null);
  readonly #roster = signal<Roster | null>(null);
  readonly #activeSpeaker = signal<number | null>(null);
  readonly #speaker = new ActiveSpeaker();
  readonly #lifetime = new AbortController();
  #signaling: SignalingClient | null = null;
  #mesh: Mesh | null = null;
  #online = false;
  #handRaised = false;

  readonly state: CallState;
  readonly commands: CallCommands = this;

  constructor({ roomCode, userName, media }: CallOptions) {
    this.#roomCode = roomCode;
    this.#userName = userName;
    this.#media = media;
    const nobody: readonly RemotePerson[] = [];
    const others = computed(() => this.#roster.value?.others.value ?? nobody);
    const speakingWhileMuted = computed(() =>
      !media.microphoneOn.value && media.rawLevel.value > SPEECH_LEVEL
    );
    this.state = {
      phase: this.#phase,
      end: this.#end,
      room: this.#room,
      self: this.#self,
      others,
      activeSpeaker: this.#activeSpeaker,
      speakingWhileMuted,
    };
  }

  async start(): Promise<void> {
    this.#watchPage();
    const joined = await this.#join();
    if (joined === null || this.#lifetime.signal.aborted) return;
    const mesh = this.#createMesh(joined);
    const signaling = new SignalingClient(ticketOf(joined), {
      renewTicket: async () => {
        const again = await this.#join();
        return again === null ? null : ticketOf(again);
      },
      message: (message) => this.#apply(message),
      online: (online) => this.#setOnline(online),
      closed: (code) => this.#finish(endOf(code)),
    });
    this.#mesh = mesh;
    this.#signaling = signaling;
    batch(() => {
      const { status: _, session_token: __, ws_url: ___, ice_servers: ____, room, ...self } =
        joined;
      this.#self.value = self;
      this.#room.value = room;
      this.#roster.value = new Roster(mesh, joined.participant_id);
    });
    signaling.connect();
    this.#follow(effect(() => mesh.setTracks(this.#media.tracks.value)));
    this.#follow(effect(() => this.#tellMedia()));
    const timer = setInterval(() => this.#readLevels(), LEVEL_PERIOD_MS);
    this.#follow(() => clearInterval(timer));
  }

  toggleMicrophone(): void {
    void this.#media.setMicrophone(!this.#media.microphoneOn.peek());
  }

  toggleCamera(): void {
    void this.#media.setCamera(!this.#media.cameraOn.peek());
  }

  async toggleScreenShare(): Promise<void> {
    if (this.#media.screenOn.peek()) this.#media.stopScreen();
    else await this.#media.startScreen();
  }

  raiseHand(raised: boolean): void {
    this.#handRaised = raised;
    this.#signaling?.send("raise-hand", { raised });
  }

  leave(): void {
    this.#finish({ reason: "left" });
  }

  dispose(): void {
    this.#finish({ reason: "left" });
  }

  #createMesh({ participant_id, ice_servers }: JoinAnswer): Mesh {
    return new Mesh({ selfId: participant_id, configuration: { iceServers: ice_servers } }, {
      signal: (to, { type, data }) => this.#signaling?.signal(type, data, to),
      phase: (id, phase) => {
        const roster = this.#roster.peek();
        roster?.find(id)?.setLink(phase);
        if (phase === "connected") roster?.spendCamera();
      },
      track: (id, line, track, receiver) =>
        this.#roster.peek()?.find(id)?.setTrack(line, track, receiver),
      trouble: (id, error) => this.#reportTrouble(id, error),
      canSignal: () => this.#online,
      beatMs: () => document.visibilityState === "hidden" ? HIDDEN_BEAT_MS : BEAT_MS,
    });
  }

  /** Null: not now; when it will never work, the call has ended with the reason. */
  async #join(): Promise<JoinAnswer | null> {
    const joined = await joinRoom(this.#roomCode, {
      user_name: this.#userName,
      is_muted: !this.#media.wantsMicrophone,
      is_video_enabled: this.#media.wantsCamera,
      capabilities: CAPABILITIES,
    });
    if (joined.ok) return joined.value;
    const first = this.#signaling === null;
    if (first || !PASSING.has(joined.error.error_code)) {
      this.#finish({ reason: "error", error: joined.error });
    }
    return null;
  }

  #apply(message: ServerMessage): void {
    const roster = this.#roster.peek();
    const self = this.#self.peek();
    if (roster === null || self === null) return;
    batch(() =>
      applyMessage(message, {
        state: (state) => {
          this.#self.value = state.self;
          this.#room.value = state.room;
          roster.reconcile(state.participants);
        },
        joined: (participant) => roster.join(participant),
        updated: (participant) => {
          if (participant.participant_id === self.participant_id) this.#self.value = participant;
          else roster.update(participant);
        },
        left: (id) => {
          roster.remove(id);
          this.#signaling?.forget(id);
        },
        room: (room) => this.#room.value = room,
        ended: () => this.#finish({ reason: "room_ended" }),
        signal: (from, signal) => this.#mesh?.receive(from, signal),
        refused: (error) => this.#refused(error),
      })
    );
  }

  /** A message that the server would not pass on will never be acknowledged. */
  #refused({ to }: ErrorBody): void {
    if (typeof to === "number") this.#signaling?.forget(to);
  }

  #setOnline(online: boolean): void {
    this.#online = online;
    if (this.#end.peek() !== null) return;
    this.#phase.value = online ? "connected" : "reconnecting";
    if (!online) return;
    this.#tellMedia();
    if (this.#handRaised) this.raiseHand(true);
  }

  /** Says what the devices do; the server drops what is no news. */
  #tellMedia(): void {
    const { microphoneOn, cameraOn, screenOn, ready } = this.#media;
    const muted = !microphoneOn.value;
    const videoMuted = !cameraOn.value;
    const sharing = screenOn.value;
    if (!ready.value) return;
    this.#signaling?.send("mute-audio", { muted });
    this.#signaling?.send("mute-video", { muted: videoMuted });
    this.#signaling?.send(sharing ? "start-screen-share" : "stop-screen-share");
  }

  #readLevels(): void {
    const others = this.#roster.peek()?.others.peek() ?? [];
    for (const view of others) view.readLevel();
    const selfId = this.#self.peek()?.participant_id ?? 0;
    const levels: [number, number][] = others.map((view) => [view.id, view.level.peek()]);
    levels.push([selfId, this.#media.level.peek()]);
    this.#activeSpeaker.value = this.#speaker.update(levels, performance.now());
  }

  #reportTrouble(participantId: number, error: unknown): void {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const report: ClientMessageData["webrtc-error"] = {
      participant_id: participantId,
      name: name.slice(0, 64),
      message: message.slice(0, MAX_TROUBLE_CHARS),
    };
    this.#signaling?.send("webrtc-error", report);
  }

  #watchPage(): void {
    const { signal } = this.#lifetime;
    addEventListener("pagehide", () => this.#goodbye(), { signal });
    addEventListener("online", () => this.#mesh?.wake(), { signal });
    // A page kept alive in the history has said goodbye already: begin anew.
    addEventListener("pageshow", (event) => event.persisted && location.reload(), { signal });
  }

  /** The page goes away, perhaps to be loaded again: the call itself has not been ended by anyone. */
  #goodbye(): void {
    if (this.#signaling?.isOpen === true) this.#signaling.stop({ leave: true });
    else leaveOnUnload(this.#roomCode);
    this.#mesh?.close();
  }

  #follow(stop: () => void): void {
    this.#lifetime.signal.addEventListener("abort", stop);
  }

  #finish(end: CallEnd): void {
    if (this.#end.peek() !== null) return;
    this.#lifetime.abort();
    this.#signaling?.stop({ leave: end.reason === "left" });
    this.#mesh?.close();
    this.#media.stopScreen();
    batch(() => {
      this.#end.value = end;
      this.#phase.value = "ended";
    });
  }
}

function ticketOf({ ws_url, session_token }: JoinAnswer): SocketTicket {
  return { url: ws_url, sessionToken: session_token };
}

function endOf(code: number): CallEnd {
  switch (code) {
    case CLOSE_CODE.REMOVED:
      return { reason: "removed" };
    case CLOSE_CODE.REPLACED:
      return { reason: "replaced" };
    case CLOSE_CODE.ROOM_ENDED:
      return { reason: "room_ended" };
    case CLOSE_CODE.LEFT:
      return { reason: "left" };
    default:
      return { reason: "error", error: { detail: "", error_code: "SESSION_EXPIRED" } };
  }
}
