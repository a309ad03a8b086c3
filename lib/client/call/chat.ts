/** The chat of one call as this person sees it: what was said, by whom, and who has got it. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import type { Letter } from "../messages/outbox.ts";
import {
  forgetChat,
  type KeptLine,
  newest,
  recallChat,
  rememberChat,
} from "../messages/chat_history.ts";
import { cleanText, isTooLong, readChatBody } from "../messages/chat_text.ts";
import { TokenBucket } from "../util/token_bucket.ts";
import type { ChatCommands, ChatLine, ChatRefusal, ChatView } from "./call_state.ts";

export const CHAT_TOPIC = "chat";
/** What one person may say; everybody else listens to a little more than that. */
const OWN_RATE = { perSecond: 1, burst: 10 } as const;

export interface ChatPorts {
  self: ReadonlySignal<VideoParticipant | null>;
  nameOf(peerId: number): string;
  /** To everybody who can read; @returns the letter's id, and to whom it goes */
  say(body: unknown): { id: string; to: readonly number[] };
  /** Again, to one person: it was not acknowledged before this page was loaded again. */
  keep(peerId: number, letter: Letter): void;
  nowMs(): number;
  /** Milliseconds since the epoch. */
  clockMs(): number;
}

export class Chat implements ChatView, ChatCommands {
  readonly #roomCode: string;
  readonly #ports: ChatPorts;
  readonly #rate: TokenBucket;
  readonly #lines = signal<readonly ChatLine[]>([]);
  readonly #unread = signal(0);
  readonly #latest = signal<ChatLine | null>(null);
  readonly lines: ReadonlySignal<readonly ChatLine[]> = this.#lines;
  readonly unread: ReadonlySignal<number> = this.#unread;
  readonly latest: ReadonlySignal<ChatLine | null> = this.#latest;
  #looking = false;
  #cuts = 0;

  constructor(roomCode: string, ports: ChatPorts) {
    this.#roomCode = roomCode;
    this.#ports = ports;
    this.#rate = new TokenBucket(OWN_RATE, ports.nowMs());
    this.#lines.value = recallChat(roomCode).map((line) => ({ ...line, kind: "text" }));
  }

  say(text: string): ChatRefusal | null {
    const clean = cleanText(text);
    if (clean === "") return "empty";
    if (isTooLong(clean)) return "too_long";
    if (!this.#rate.pass(this.#ports.nowMs())) return "too_fast";
    const { id, to } = this.#ports.say({ text: clean });
    const { participant_id: from = 0, user_name: name = "" } = this.#ports.self.peek() ?? {};
    this.#add({
      kind: "text",
      id,
      from,
      name,
      own: true,
      text: clean,
      atMs: this.#ports.clockMs(),
      waiting: to,
      arrived: 0,
    });
    return null;
  }

  look(open: boolean): void {
    this.#looking = open;
    if (open) this.#unread.value = 0;
  }

  /** A letter of this topic came. */
  delivered(peerId: number, { id, body }: Letter): void {
    const text = readChatBody(body);
    const known = this.#lines.peek().some((line) => line.id === id && line.from === peerId);
    if (text === null || known) return;
    this.#hear({ kind: "text", id, from: peerId, text });
  }

  /** Somebody writes faster than anybody can read. */
  leftOut(peerId: number): void {
    const last = this.#lines.peek().at(-1);
    if (last?.kind === "cut" && last.from === peerId) return;
    this.#hear({ kind: "cut", id: `cut-${++this.#cuts}`, from: peerId, text: "" });
  }

  /** Somebody has got a message, or (`arrived` false) never will. */
  settled(peerId: number, id: string, arrived: boolean): void {
    this.#change((line) =>
      line.own && line.id === id && line.waiting.includes(peerId)
        ? {
          ...line,
          waiting: line.waiting.filter((other) => other !== peerId),
          arrived: line.arrived + (arrived ? 1 : 0),
        }
        : line
    );
  }

  /** Somebody is there: what was on its way to them before a reload goes on. */
  met(peerId: number): void {
    for (const { id, own, text, waiting } of this.#lines.peek()) {
      if (!own || !waiting.includes(peerId)) continue;
      this.#ports.keep(peerId, { id, topic: CHAT_TOPIC, body: { text } });
    }
  }

  /** Nobody but these is in the room. */
  present(ids: ReadonlySet<number>): void {
    this.#change((line) => {
      const waiting = line.waiting.filter((id) => ids.has(id));
      return waiting.length === line.waiting.length ? line : { ...line, waiting };
    });
  }

  /** The call is over, and its chat with it. */
  forget(): void {
    forgetChat(this.#roomCode);
  }

  #hear(line: Pick<ChatLine, "kind" | "id" | "from" | "text">): void {
    const heard: ChatLine = {
      ...line,
      name: this.#ports.nameOf(line.from),
      own: false,
      atMs: this.#ports.clockMs(),
      waiting: [],
      arrived: 0,
    };
    this.#add(heard);
    if (this.#looking) return;
    this.#unread.value++;
    this.#latest.value = heard;
  }

  #add(line: ChatLine): void {
    this.#set(newest([...this.#lines.peek(), line]));
  }

  #change(step: (line: ChatLine) => ChatLine): void {
    const before = this.#lines.peek();
    const after = before.map(step);
    if (after.some((line, index) => line !== before[index])) this.#set(after);
  }

  #set(lines: readonly ChatLine[]): void {
    this.#lines.value = lines;
    const kept = lines.filter(({ kind }) => kind === "text");
    rememberChat(this.#roomCode, kept.map(({ kind: _, ...line }): KeptLine => line));
  }
}
