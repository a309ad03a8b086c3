/**
 * One stay in one room: joins, connects, and conducts the three that know nothing of each other:
 * signaling, the mesh, and this person's devices.
 */
import { batch, computed, effect, signal } from "@preact/signals";
import type { ErrorBody } from "../../shared/protocol/errors.ts";
import type { ServerMessage } from "../../shared/protocol/messages.ts";
import type { ModerationEvent } from "../../shared/protocol/moderation.ts";
import type {
  IceServer,
  JoinAnswer,
  VideoParticipant,
} from "../../shared/protocol/participants.ts";
import type { VideoRoom } from "../../shared/protocol/rooms.ts";
import { leaveOnUnload } from "../api/api_client.ts";
import type { LocalMedia } from "../media/local_media.ts";
import { BEAT_MS, HIDDEN_BEAT_MS } from "../rtc/link_keeper.ts";
import { Mesh } from "../rtc/mesh.ts";
import { SignalingClient } from "../signaling/signaling_client.ts";
import { applyMessage } from "./apply_message.ts";
import { endOf, personOf } from "./call_end.ts";
import type {
  CallCommands,
  CallEnd,
  CallPhase,
  CallState,
  ChatCommands,
  RemotePerson,
} from "./call_state.ts";
import { watchCalm } from "./calm.ts";
import { Doorway } from "./doorway.ts";
import { type Entrance, Joining, ticketOf } from "./joining.ts";
import { MediaProtection } from "./media_protection.ts";
import { CallMessages } from "./messages.ts";
import { Moderation } from "./moderation.ts";
import { concerns, obeyOrder } from "./obedience.ts";
import { OwnDevices } from "./own_devices.ts";
import { watchPage } from "./page_watch.ts";
import { CallQuality } from "./quality.ts";
import { RelayPass } from "./relay_pass.ts";
import { Roster } from "./roster.ts";
import { SpeakerWatch, speaksWhileMuted } from "./speaker_watch.ts";

export interface CallOptions {
  roomCode: string;
  /** Shown to the others; the account's name otherwise. */
  userName?: string;
  media: LocalMedia;
  /** Of somebody who is on the way in already. */
  entrance?: Entrance | null;
}

/** Joins at once. Failures show up in `state.end`. */
export function startCall(options: CallOptions): CallSession {
  const session = new CallSession(options);
  void session.start();
  return session;
}

export class CallSession implements CallCommands {
  readonly #roomCode: string;
  readonly #media: LocalMedia;
  readonly #phase = signal<CallPhase>("connecting");
  readonly #end = signal<CallEnd | null>(null);
  readonly #room = signal<VideoRoom | null>(null);
  readonly #self = signal<VideoParticipant | null>(null);
  readonly #roster = signal<Roster | null>(null);
  readonly #speaker = new SpeakerWatch();
  readonly #lifetime = new AbortController();
  readonly #joining: Joining;
  readonly #doorway: Doorway;
  readonly #devices: OwnDevices;
  readonly #quality: CallQuality;
  readonly #relays = new RelayPass({
    configure: (iceServers) => this.#mesh?.configure({ iceServers }),
    report: (report) => this.#signaling?.send("webrtc-error", report),
  });
  readonly #messages: CallMessages;
  #signaling: SignalingClient | null = null;
  #mesh: Mesh | null = null;
  #online = false;
  /** Who last decided something about this person. */
  #judge: string | undefined;

  readonly state: CallState;
  readonly commands: CallCommands = this;
  readonly chat: ChatCommands;
  readonly protection: MediaProtection;
  readonly moderation = new Moderation((type, data) => this.#signaling?.send(type, data));

  constructor({ roomCode, userName, media, entrance = null }: CallOptions) {
    this.#roomCode = roomCode;
    this.#media = media;
    this.protection = new MediaProtection(roomCode, {
      roster: () => this.#roster.peek(),
      report: (id, error) => this.#relays.hear(id, error),
      confirmed: (id) => this.#messages.reached(id),
    });
    this.#follow(() => this.protection.stop());
    this.#follow(effect(() => this.protection.heed(this.#room.value)));
    const newcomer = { roomCode, userName, encrypts: this.protection.possible };
    this.#joining = new Joining({ ...newcomer, devices: () => media }, entrance);
    this.#quality = new CallQuality(media, {
      send: (type, data) => this.#online && this.#signaling?.send(type, data),
    });
    this.#devices = new OwnDevices(media, this.#self, {
      send: (type, data) => this.#signaling?.send(type, data),
      locked: (medium) => this.moderation.explainLock(medium),
    });
    this.#messages = this.#createMessages();
    this.chat = this.#messages.chat;
    this.#doorway = new Doorway(this.#phase, this.#lifetime.signal, {
      enter: ({ self, room }, servers) => {
        this.#enter(self, room, servers);
        this.#setOnline(this.#online);
      },
      message: (message) => this.#apply(message),
      turnedAway: (end) => this.#finish(end),
    });
    const nobody: readonly RemotePerson[] = [];
    const others = computed(() => this.#roster.value?.others.value ?? nobody);
    this.state = {
      phase: this.#phase,
      end: this.#end,
      room: this.#room,
      self: this.#self,
      others,
      activeSpeaker: this.#speaker.current,
      speakingWhileMuted: speaksWhileMuted(media),
      calm: watchCalm({ phase: this.#phase, others }, this.#lifetime.signal),
      door: this.#doorway.door,
      waiting: this.moderation.waiting,
      recording: this.moderation.recording,
      notice: this.moderation.notice,
      quality: this.#quality,
      chat: this.#messages.chat,
    };
  }

  async start(): Promise<void> {
    watchPage({
      goodbye: () => this.#goodbye(),
      wake: () => {
        this.#signaling?.doubt();
        this.#mesh?.wake();
      },
    }, this.#lifetime.signal);
    const joined = await this.#join();
    if (joined === null || this.#lifetime.signal.aborted) return this.#joining.socket?.giveUp();
    this.#signaling = new SignalingClient(ticketOf(joined), {
      renewTicket: async () => {
        const again = await this.#join();
        if (again?.status === "joined") this.#relays.take(again.ice_servers);
        return again === null ? null : ticketOf(again);
      },
      message: (message) =>
        this.#mesh === null ? this.#doorway.receive(message) : this.#apply(message),
      online: (online) => this.#setOnline(online),
      closed: (code) => this.#finish(endOf(code, this.#judge)),
      detour: (to, signal) => this.#messages.sendDetoured(to, signal),
    });
    if (joined.status === "waiting") {
      this.#doorway.wait({ roomName: joined.room.room_name, moderatorsOnline: true });
    } else {
      const { status: _, session_token: __, ws_url: ___, ice_servers, room, ...self } = joined;
      this.#enter(self, room, ice_servers);
    }
    this.#signaling.connect(this.#joining.socket);
  }

  toggleMicrophone(): void {
    this.#devices.toggleMicrophone();
  }

  toggleCamera(): void {
    this.#devices.toggleCamera();
  }

  toggleScreenShare(): Promise<void> {
    return this.#devices.toggleScreenShare();
  }

  raiseHand(raised: boolean): void {
    this.#devices.raiseHand(raised);
    const self = this.#self.peek();
    // Else the server tells, as everything about oneself.
    if (!this.#online && self !== null) this.#self.value = { ...self, is_hand_raised: raised };
  }

  leave(): void {
    this.#finish({ reason: "left" });
  }

  dispose(): void {
    this.#finish({ reason: "left" });
  }

  /** From here on there is a room, and links to everyone in it. */
  #enter(self: VideoParticipant, room: VideoRoom, servers: IceServer[]): void {
    const mesh = this.#createMesh(self.participant_id, servers);
    this.#mesh = mesh;
    this.protection.start(mesh, self.participant_id);
    batch(() => {
      this.#self.value = self;
      this.#room.value = room;
      this.#roster.value = new Roster(mesh, {
        selfId: self.participant_id,
        protection: this.protection,
        removed: (id) => {
          this.protection.removePeer(id);
          this.#quality.removed(id);
          this.#signaling?.forget(id);
        },
      });
    });
    this.#follow(this.#devices.follow());
    this.#follow(this.#quality.start(mesh));
    this.#follow(this.#messages.start(mesh, this.state.others));
    this.#follow(effect(() => mesh.setTracks(this.#media.tracks.value)));
    const others = () => this.#roster.peek()?.others.peek() ?? [];
    this.#follow(this.#speaker.start(self.participant_id, this.#media.level, others));
    this.#follow(this.#relays.start());
  }

  #createMesh(selfId: number, servers: IceServer[]): Mesh {
    return new Mesh({ selfId, configuration: { iceServers: servers } }, {
      signal: (to, { type, data }) => this.#signaling?.signal(type, data, to),
      phase: (id, phase) => {
        this.#roster.peek()?.find(id)?.setLink(phase);
        if (phase === "connected") this.#quality.connected();
        if (phase === "interrupted") this.#signaling?.doubt();
      },
      track: (id, line, track, receiver) =>
        this.#roster.peek()?.find(id)?.setTrack(line, track, receiver),
      message: (id, message) => {
        this.#quality.receive(id, message);
        this.#messages.take(id, message);
      },
      channelOpen: (id) => {
        this.#quality.channelOpen(id);
        this.#messages.reached(id);
      },
      trouble: (id, error) => this.#relays.hear(id, error),
      ...this.protection.meshPorts,
      canSignal: (id) => this.#signaling?.isSure === true || this.#messages.canDetour(id),
      beatMs: () => document.visibilityState === "hidden" ? HIDDEN_BEAT_MS : BEAT_MS,
    });
  }

  /** Null: not now; when it will never work, the call has ended with the reason. */
  async #join(): Promise<JoinAnswer | null> {
    const joined = await this.#joining.join();
    if (joined === null || !("error" in joined)) return joined;
    this.#finish({ reason: "error", error: joined.error });
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
          this.moderation.takeUp(state);
          roster.reconcile(state.participants, !state.resumed);
          this.#messages.present(state.participants);
        },
        joined: (participant) => roster.join(participant),
        updated: (participant) => {
          if (participant.participant_id === self.participant_id) this.#self.value = participant;
          else roster.update(participant);
        },
        left: (id) => roster.remove(id),
        room: (room) => this.#room.value = room,
        ended: (by) => this.#finish({ reason: "room_ended", by: personOf(by, this.state) }),
        moderated: (event) => this.#moderated(event),
        waiting: (waiting) => this.moderation.setWaiting(waiting),
        recording: (running) => this.moderation.setRecording(running),
        signal: (from, signal) => this.#mesh?.receive(from, signal),
        refused: (error) => this.#refused(error),
      })
    );
  }

  #moderated(event: ModerationEvent): void {
    const self = this.#self.peek();
    const aboutSelf = self !== null && concerns(event, self);
    this.#roster.peek()?.order(event);
    if (aboutSelf) {
      obeyOrder(event, this.#media);
      this.#judge = event.by?.user_name;
    }
    this.moderation.happened(event, aboutSelf);
  }

  /** A message that the server would not pass on will never be acknowledged. */
  #refused(error: ErrorBody): void {
    if (typeof error.to === "number") this.#signaling?.forget(error.to);
    else this.moderation.refused(error);
  }

  #setOnline(online: boolean): void {
    this.#online = online;
    this.protection.setOnline(online);
    if (this.#end.peek() !== null || this.#mesh === null) return;
    this.#roster.peek()?.setServerAway(!online);
    this.#phase.value = online ? "connected" : "reconnecting";
    if (!online) return;
    this.#devices.tell();
    this.#quality.online();
  }

  #createMessages(): CallMessages {
    return new CallMessages(this.#roomCode, {
      sealer: this.protection.messages,
      self: this.#self,
      online: () => this.#online,
      signal: (from, signal) => this.#signaling?.receiveDetoured(from, signal),
      deviceWord: () => this.#phase.value === "reconnecting" ? this.#devices.word() : null,
      heardWord: (id, word) => this.#roster.peek()?.find(id)?.hear(word),
    });
  }

  /** The page goes away, perhaps to be loaded again: then the server lets it back in. */
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
    this.#messages.chat.forget();
    this.#media.stopScreen();
    batch(() => {
      this.#end.value = end;
      this.#phase.value = "ended";
    });
  }
}
