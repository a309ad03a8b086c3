import { deepEqual, equal, ok } from "node:assert/strict";
import type { Ack, Content, Data } from "./content.ts";
import { LETTERS_PER_SENDER } from "./inbox.ts";
import { MessageService, RESEND_AFTER_MS } from "./message_service.ts";
import { MAX_KEPT_LETTERS, WINDOW_LETTERS } from "./outbox.ts";

/** Numbers that look random and are the same in every run. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Node {
  id: number;
  service: MessageService;
  heard: { from: number; id: string; body: unknown }[];
  settled: { peer: number; id: string; arrived: boolean }[];
  leftOut: number[];
}

interface Flight {
  from: number;
  to: number;
  content: Content;
}

/** Pages with wires between them that do what a test tells them. */
class World {
  nowMs = 0;
  readonly nodes = new Map<number, Node>();
  flights: Flight[] = [];
  /** Ordered pairs that cannot talk at the moment. */
  readonly cut = new Set<string>();
  #lives = 0;

  constructor(...ids: number[]) {
    for (const id of ids) this.enter(id);
  }

  /** A page of this id begins; everybody who is there already stays. */
  enter(id: number): Node {
    const node: Node = { id, heard: [], settled: [], leftOut: [], service: undefined! };
    node.service = new MessageService(`s${++this.#lives}`, {
      reaches: (peer) => !this.cut.has(`${id} ${peer}`),
      post: (to, content) => {
        if (!this.cut.has(`${id} ${to}`)) this.flights.push({ from: id, to, content });
      },
      delivered: (from, letter) => node.heard.push({ from, id: letter.id, body: letter.body }),
      settled: (peer, letter, arrived) => node.settled.push({ peer, id: letter, arrived }),
      leftOut: (peer) => node.leftOut.push(peer),
      nowMs: () => this.nowMs,
    });
    for (const other of this.nodes.values()) {
      if (other.id === id) continue;
      other.service.add(id);
      node.service.add(other.id);
    }
    this.nodes.set(id, node);
    return node;
  }

  node(id: number): Node {
    return this.nodes.get(id)!;
  }

  sever(a: number, b: number): void {
    this.cut.add(`${a} ${b}`).add(`${b} ${a}`);
    const between = (flight: Flight) =>
      [flight.from, flight.to].every((id) => id === a || id === b);
    this.flights = this.flights.filter((flight) => !between(flight));
  }

  mend(a: number, b: number): void {
    this.cut.delete(`${a} ${b}`);
    this.cut.delete(`${b} ${a}`);
    this.node(a).service.reached(b);
    this.node(b).service.reached(a);
  }

  /** Delivers what is in the air, `fate` deciding for each how often (0: lost). */
  deliver(fate: () => number = () => 1, pick: (count: number) => number = () => 0): void {
    for (let steps = 0; this.flights.length > 0; steps++) {
      ok(steps < 100_000, "the wires never fall silent");
      const [flight] = this.flights.splice(pick(this.flights.length), 1);
      for (let copies = fate(); copies > 0; copies--) {
        const { from, to, content } = flight!;
        this.node(to).service.take(from, content as Data | Ack);
      }
    }
  }

  /** Time passes, and everybody looks whether something has to be said again. */
  wait(ms: number): void {
    this.nowMs += ms;
    for (const { service } of this.nodes.values()) service.tick();
  }
}

const bodies = (node: Node, from: number) =>
  node.heard.filter((each) => each.from === from).map(({ body }) => body);

Deno.test("everyone hears it once, and the sender knows", () => {
  const world = new World(1, 2, 3);
  const { letter, to } = world.node(1).service.say("chat", "hello");
  deepEqual(to, [2, 3]);
  world.deliver();
  for (const id of [2, 3]) deepEqual(bodies(world.node(id), 1), ["hello"]);
  deepEqual(world.node(1).settled, [
    { peer: 2, id: letter.id, arrived: true },
    { peer: 3, id: letter.id, arrived: true },
  ]);
});

Deno.test("what is said while a connection is away comes after it, in order", () => {
  const world = new World(1, 2);
  world.sever(1, 2);
  for (let i = 0; i < 40; i++) world.node(1).service.say("chat", i);
  world.wait(30_000);
  world.deliver();
  deepEqual(bodies(world.node(2), 1), []);
  world.mend(1, 2);
  world.deliver();
  deepEqual(bodies(world.node(2), 1), Array.from({ length: 40 }, (_, i) => i));
});

Deno.test("a connection that dies under way loses nothing and doubles nothing", () => {
  const world = new World(1, 2);
  world.node(1).service.say("chat", "a");
  world.node(1).service.say("chat", "b");
  // One arrived; its acknowledgement did not, nor did the second.
  world.node(2).service.take(1, world.flights[0]!.content as Data);
  world.sever(1, 2);
  world.mend(1, 2);
  world.deliver();
  deepEqual(bodies(world.node(2), 1), ["a", "b"]);
  deepEqual(world.node(1).settled.map(({ arrived }) => arrived), [true, true]);
});

Deno.test("whatever wires lose, double and shuffle, each is heard once and in order", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = dice(seed);
    const world = new World(1, 2, 3);
    const said = new Map<number, number[]>([[1, []], [2, []], [3, []]]);
    for (let round = 0; round < 30; round++) {
      for (const id of [1, 2, 3]) {
        if (random() < 0.6) {
          said.get(id)!.push(round);
          world.node(id).service.say("chat", round);
        }
      }
      const [a, b] = random() < 0.5 ? [1, 2] : [2, 3];
      if (random() < 0.2) world.sever(a!, b!);
      if (random() < 0.3) world.mend(a!, b!);
      world.deliver(
        () => [0, 1, 1, 2][Math.floor(random() * 4)]!,
        (count) => Math.floor(random() * count),
      );
      world.wait(1_000);
    }
    for (const [a, b] of [[1, 2], [2, 3], [1, 3]] as const) world.mend(a, b);
    for (let calm = 0; calm < 10; calm++) {
      world.deliver();
      world.wait(RESEND_AFTER_MS);
    }
    for (const listener of [1, 2, 3]) {
      for (const speaker of [1, 2, 3]) {
        if (speaker === listener) continue;
        deepEqual(bodies(world.node(listener), speaker), said.get(speaker), `seed ${seed}`);
      }
    }
  }
});

Deno.test("who comes later hears what is said from then on", () => {
  const world = new World(1, 2);
  world.node(1).service.say("chat", "before");
  world.deliver();
  world.enter(3);
  world.node(1).service.say("chat", "after");
  world.deliver();
  deepEqual(bodies(world.node(3), 1), ["after"]);
  deepEqual(bodies(world.node(2), 1), ["before", "after"]);
});

Deno.test("a page that was loaded again goes on where the old one was", () => {
  const world = new World(1, 2);
  for (const word of ["a", "b"]) world.node(1).service.say("chat", word);
  world.deliver();
  world.sever(1, 2);
  world.node(1).service.say("chat", "c");
  world.enter(2);
  world.mend(1, 2);
  world.node(2).service.say("chat", "x");
  world.deliver();
  deepEqual(bodies(world.node(2), 1), ["c"]);
  deepEqual(bodies(world.node(1), 2), ["x"]);
});

Deno.test("nobody waits for who is gone", () => {
  const world = new World(1, 2, 3);
  world.sever(1, 3);
  const { letter } = world.node(1).service.say("chat", "hello");
  world.deliver();
  world.node(1).service.remove(3);
  deepEqual(world.node(1).settled, [
    { peer: 2, id: letter.id, arrived: true },
    { peer: 3, id: letter.id, arrived: false },
  ]);
});

Deno.test("for somebody who never answers only so much is kept, and the rest goes on", () => {
  const world = new World(1, 2, 3);
  world.sever(1, 3);
  for (let i = 0; i < MAX_KEPT_LETTERS + 5; i++) {
    world.node(1).service.say("chat", i);
    world.deliver();
    world.wait(1_000);
  }
  equal(bodies(world.node(2), 1).length, MAX_KEPT_LETTERS + 5);
  equal(world.node(1).settled.filter(({ peer, arrived }) => peer === 3 && !arrived).length, 5);
  world.mend(1, 3);
  world.deliver();
  // The oldest were given up; the others come in order.
  deepEqual(bodies(world.node(3), 1), Array.from({ length: MAX_KEPT_LETTERS }, (_, i) => i + 5));
});

Deno.test("only a window is under way at once", () => {
  const world = new World(1, 2);
  for (let i = 0; i < 50; i++) world.node(1).service.say("chat", i);
  equal(world.flights.length, WINDOW_LETTERS);
});

Deno.test("a flood is cut, and its sender is done with it", () => {
  const world = new World(1, 2);
  for (let i = 0; i < 400; i++) {
    world.node(1).service.say("chat", i);
    world.deliver();
  }
  equal(bodies(world.node(2), 1).length, LETTERS_PER_SENDER.burst);
  equal(world.node(2).leftOut.length, 400 - LETTERS_PER_SENDER.burst);
  equal(world.node(1).settled.length, 400);
  world.wait(10_000);
  world.node(1).service.say("chat", "calm again");
  world.deliver();
  equal(bodies(world.node(2), 1).at(-1), "calm again");
});

Deno.test("acknowledgements that cannot be true change nothing", () => {
  const world = new World(1, 2);
  world.node(1).service.say("chat", "hello");
  const stream = (world.flights[0]!.content as Data).stream;
  world.flights = [];
  for (const seq of [0, 1_000_000]) world.node(1).service.take(2, { kind: "ack", stream, seq });
  world.node(1).service.take(2, { kind: "ack", stream: "another", seq: 1 });
  world.node(1).service.take(9, { kind: "ack", stream, seq: 1 });
  // Too high a number can only stand for what was really posted.
  equal(world.node(1).settled.length, 1);
  world.sever(1, 2);
  world.node(1).service.say("chat", "kept");
  world.node(1).service.take(2, { kind: "ack", stream, seq: 2 });
  equal(world.node(1).settled.length, 1);
});
