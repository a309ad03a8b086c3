import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import { MAX_CHAT_GRAPHEMES, MAX_CHAT_LINES } from "../../shared/protocol/limits.ts";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import type { Letter } from "../messages/outbox.ts";
import { Chat } from "./chat.ts";

let rooms = 0;

/** A page with two others in the room; `nowMs` moves by hand. */
class Bench {
  nowMs = 0;
  to: readonly number[] = [2, 3];
  readonly said: { id: string; body: unknown }[] = [];
  readonly kept: { peerId: number; letter: Letter }[] = [];
  readonly room: string;
  readonly chat: Chat;

  constructor(room = `room${++rooms}`) {
    this.room = room;
    this.chat = new Chat(room, {
      self: signal({ participant_id: 1, user_name: "Ann" } as VideoParticipant),
      nameOf: (id) => `P${id}`,
      say: (body) => {
        const id = `${room}-${this.said.length}`;
        this.said.push({ id, body });
        return { id, to: this.to };
      },
      keep: (peerId, letter) => this.kept.push({ peerId, letter }),
      nowMs: () => this.nowMs,
      clockMs: () => this.nowMs,
    });
  }

  get texts(): string[] {
    return this.chat.lines.value.map(({ text }) => text);
  }

  hear(from: number, id: string, text: unknown): void {
    this.chat.delivered(from, { id, topic: "chat", body: { text } });
  }
}

Deno.test("own words wait for those who are there, one by one", () => {
  const { chat, said } = new Bench();
  assert.equal(chat.say("  hello "), null);
  assert.deepEqual(said[0]!.body, { text: "hello" });
  const line = () => chat.lines.value[0]!;
  assert.deepEqual([line().waiting, line().arrived], [[2, 3], 0]);
  chat.settled(2, line().id, true);
  chat.settled(2, line().id, true);
  assert.deepEqual([line().waiting, line().arrived], [[3], 1]);
  chat.settled(3, line().id, false);
  assert.deepEqual([line().waiting, line().arrived], [[], 1]);
});

Deno.test("what cannot be said is refused with the reason", () => {
  const bench = new Bench();
  assert.equal(bench.chat.say(" \n"), "empty");
  assert.equal(bench.chat.say("x".repeat(MAX_CHAT_GRAPHEMES + 1)), "too_long");
  for (let i = 0; i < 10; i++) assert.equal(bench.chat.say("x"), null);
  assert.equal(bench.chat.say("x"), "too_fast");
  bench.nowMs += 1_000;
  assert.equal(bench.chat.say("x"), null);
});

Deno.test("unread counts what nobody looked at", () => {
  const bench = new Bench();
  bench.hear(2, "a", "one");
  bench.hear(3, "a", "two");
  assert.deepEqual([bench.chat.unread.value, bench.chat.latest.value?.text], [2, "two"]);
  bench.chat.look(true);
  bench.hear(2, "b", "three");
  assert.equal(bench.chat.unread.value, 0);
  bench.chat.look(false);
  bench.hear(2, "c", "four");
  assert.equal(bench.chat.unread.value, 1);
});

Deno.test("the same message twice is one; the same id of somebody else is another", () => {
  const bench = new Bench();
  bench.hear(2, "a", "one");
  bench.hear(2, "a", "one");
  bench.hear(3, "a", "two");
  bench.hear(3, "b", 7);
  assert.deepEqual(bench.texts, ["one", "two"]);
});

Deno.test("a flood is told once, not once per message", () => {
  const bench = new Bench();
  for (let i = 0; i < 50; i++) bench.chat.leftOut(2);
  bench.hear(3, "a", "oh");
  bench.chat.leftOut(2);
  assert.deepEqual(bench.chat.lines.value.map(({ kind }) => kind), ["cut", "text", "cut"]);
});

Deno.test("only so many lines are kept", () => {
  const bench = new Bench();
  for (let i = 0; i < MAX_CHAT_LINES + 10; i++) bench.hear(2, `${i}`, `${i}`);
  assert.equal(bench.texts.length, MAX_CHAT_LINES);
  assert.equal(bench.texts.at(-1), `${MAX_CHAT_LINES + 9}`);
});

Deno.test("after a reload everything is there, and what had not arrived goes on", () => {
  const before = new Bench();
  before.chat.say("to both");
  before.chat.settled(2, before.said[0]!.id, true);
  before.hear(2, "x", "answer");
  before.chat.leftOut(2);
  const after = new Bench(before.room);
  assert.deepEqual(after.texts, ["to both", "answer"]);
  assert.equal(after.chat.unread.value, 0);
  for (const id of [2, 3]) after.chat.met(id);
  assert.deepEqual(after.kept, [{
    peerId: 3,
    letter: { id: before.said[0]!.id, topic: "chat", body: { text: "to both" } },
  }]);
  // The other side says it again, because the acknowledgement was lost with the page.
  after.hear(2, "x", "answer");
  assert.equal(after.texts.length, 2);

  const alone = new Bench(before.room);
  alone.chat.present(new Set([2]));
  assert.deepEqual(alone.chat.lines.value[0]!.waiting, []);
  alone.chat.forget();
  assert.deepEqual(new Bench(before.room).texts, []);
});
