/**
 * What people's pages say to each other, without the server: the chat, words about devices while
 * the server is away, and signaling for the same time. Brings the data channels, the pair keys and
 * the services above them together.
 */
import { effect, type ReadonlySignal } from "@preact/signals";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import type { Content } from "../messages/content.ts";
import { MessageService } from "../messages/message_service.ts";
import { SealedPost, type Sealer } from "../messages/sealed_post.ts";
import type { ChannelMessage } from "../rtc/link_channel.ts";
import type { Mesh } from "../rtc/mesh.ts";
import type { NamedSignal } from "../signaling/signaling_client.ts";
import type { RemotePerson } from "./call_state.ts";
import { Chat, CHAT_TOPIC } from "./chat.ts";
import { Detour } from "./detour.ts";
import { DEVICES_TOPIC, type DeviceWord, readDeviceWord } from "./device_words.ts";

/** How often the page looks for messages that have to be said again. */
const TICK_MS = 1_000;

export interface MessagesPorts {
  sealer: Sealer;
  self: ReadonlySignal<VideoParticipant | null>;
  /** The server can be told. */
  online(): boolean;
  /** Signaling that came past the server. */
  signal(from: number, signal: NamedSignal): void;
  /** How this person's devices stand; reads signals. Null: the server can be told. */
  deviceWord(): DeviceWord | null;
  /** What somebody says of theirs. */
  heardWord(from: number, word: DeviceWord): void;
}

interface Box extends ChannelMessage {
  type: "sealed";
  box: string;
}

export class CallMessages {
  readonly chat: Chat;
  readonly #detour: Detour;
  readonly #ports: MessagesPorts;
  readonly #post: SealedPost;
  readonly #service: MessageService;
  #mesh: Mesh | null = null;
  #others: ReadonlySignal<readonly RemotePerson[]> | null = null;

  constructor(roomCode: string, ports: MessagesPorts) {
    this.#ports = ports;
    const nowMs = () => performance.now();
    this.#post = new SealedPost(ports.sealer, nowMs);
    this.#service = new MessageService(crypto.randomUUID(), {
      reaches: (peerId) => this.#reaches(peerId),
      post: (peerId, content) => this.#send(peerId, content),
      delivered: (peerId, letter) => {
        if (letter.topic === CHAT_TOPIC) this.chat.delivered(peerId, letter);
      },
      settled: (peerId, id, arrived) => this.chat.settled(peerId, id, arrived),
      leftOut: (peerId) => this.chat.leftOut(peerId),
      nowMs,
    });
    this.#detour = new Detour(this.#post, {
      mesh: () => this.#mesh,
      receive: ports.signal,
      nowMs,
    });
    this.chat = new Chat(roomCode, {
      self: ports.self,
      nameOf: (peerId) => this.#find(peerId)?.participant.peek().user_name ?? "",
      say: (body) => {
        const { letter: { id }, to } = this.#service.say(CHAT_TOPIC, body);
        return { id, to };
      },
      keep: (peerId, letter) => this.#service.keep(peerId, letter),
      nowMs,
      clockMs: () => Date.now(),
    });
  }

  /** From now on there are people. @returns what ends that */
  start(mesh: Mesh, others: ReadonlySignal<readonly RemotePerson[]>): () => void {
    this.#mesh = mesh;
    this.#others = others;
    const known = new Set<number>();
    const stops = [
      effect(() => this.#meet(known, others.value)),
      effect(() => {
        const word = this.#ports.deviceWord();
        if (word !== null) { for (const id of known) this.#sendWord(id, word); }
      }),
    ];
    const ticker = setInterval(() => this.#service.tick(), TICK_MS);
    return () => {
      clearInterval(ticker);
      stops.forEach((stop) => stop());
    };
  }

  /** Nobody but these is in the room. */
  present(participants: readonly VideoParticipant[]): void {
    this.chat.present(new Set(participants.map(({ participant_id }) => participant_id)));
  }

  /** The way to somebody is new: a channel has opened, or keys were agreed on. */
  reached(peerId: number): void {
    this.#service.reached(peerId);
    const word = this.#ports.deviceWord();
    if (word !== null) this.#sendWord(peerId, word);
  }

  /** Signaling would get to this person past the server. */
  canDetour(peerId: number): boolean {
    return this.#detour.reaches(peerId);
  }

  /** @returns false: nothing was sent; the server is there for both, or there is no other way */
  sendDetoured(to: number, signal: NamedSignal): boolean {
    const served = this.#ports.online() && this.#find(to)?.participant.peek().is_online !== false;
    return !served && this.#detour.send(to, signal);
  }

  take(peerId: number, message: ChannelMessage): void {
    if (this.#detour.take(peerId, message) || message.type !== "sealed") return;
    this.#post.receive(peerId, (message as Box).box, (content) => this.#open(peerId, content));
  }

  #open(peerId: number, content: Content): void {
    switch (content.kind) {
      case "data":
      case "ack":
        return this.#service.take(peerId, content);
      case "word": {
        const word = content.topic === DEVICES_TOPIC ? readDeviceWord(content.body) : null;
        if (word !== null) this.#ports.heardWord(peerId, word);
        return;
      }
      case "signal":
        // Sealed for the hands of others; here nobody stands in between.
        return;
      default:
        content satisfies never;
    }
  }

  #reaches(peerId: number): boolean {
    return this.#post.ready(peerId) && this.#mesh?.reaches(peerId) === true;
  }

  #send(peerId: number, content: Content): void {
    this.#post.send(peerId, content, (box) => {
      this.#mesh?.send(peerId, { type: "sealed", box } as Box);
    });
  }

  #sendWord(peerId: number, word: DeviceWord): void {
    if (!this.#reaches(peerId)) return;
    this.#send(peerId, { kind: "word", topic: DEVICES_TOPIC, body: word });
  }

  /** Whoever cannot agree on keys gets nothing: words that only some may read are for those. */
  #meet(known: Set<number>, others: readonly RemotePerson[]): void {
    const here = new Set(others.map(({ id }) => id));
    for (const id of known) {
      if (here.has(id)) continue;
      known.delete(id);
      this.#service.remove(id);
      this.#post.remove(id);
      this.#detour.remove(id);
    }
    for (const { id, protection } of others) {
      const { kind } = protection.peek();
      if (known.has(id) || kind === "transport" || kind === "refused") continue;
      known.add(id);
      this.#service.add(id);
      this.chat.met(id);
    }
  }

  #find(peerId: number): RemotePerson | undefined {
    return this.#others?.peek().find(({ id }) => id === peerId);
  }
}
