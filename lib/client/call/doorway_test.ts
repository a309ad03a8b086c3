import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import type { ServerMessage } from "../../shared/protocol/messages.ts";
import type { CallEnd, CallPhase } from "./call_state.ts";
import { Doorway } from "./doorway.ts";

const SERVERS = [{ urls: "stun:example.com" }];

/** A doorway whose question for ICE servers is answered when the test says so. */
function setup() {
  const answer = Promise.withResolvers<Response>();
  const native = globalThis.fetch;
  globalThis.fetch = () => answer.promise;
  const phase = signal<CallPhase>("connecting");
  const events: unknown[] = [];
  const doorway = new Doorway(phase, new AbortController().signal, {
    enter: (_state, servers) => void events.push(["enter", servers]),
    message: ({ type }) => void events.push(type),
    turnedAway: (end: CallEnd) => void events.push(["turned away", end.reason]),
  });
  const say = (type: string, data: unknown) => doorway.receive({ type, data } as ServerMessage);
  return {
    doorway,
    phase,
    events,
    say,
    async answerIce(): Promise<void> {
      answer.resolve(Response.json({ ice_servers: SERVERS }));
      await new Promise((resolve) => setTimeout(resolve));
    },
    [Symbol.dispose]: () => void (globalThis.fetch = native),
  };
}

Deno.test("in front of the door, only what the server tells of it is known", () => {
  using scene = setup();
  const { doorway, phase, say } = scene;
  doorway.wait({ roomName: "Practice", moderatorsOnline: true });
  assert.equal(phase.value, "waiting");
  say("waiting_state", { room_name: "Surgery", participant_id: 2, moderators_online: false });
  assert.deepEqual(doorway.door.value, { roomName: "Surgery", moderatorsOnline: false });
});

Deno.test("once let in, nothing that arrives meanwhile is lost or out of order", async () => {
  using scene = setup();
  const { doorway, phase, events, say, answerIce } = scene;
  doorway.wait({ roomName: "Practice", moderatorsOnline: true });
  say("admitted", {});
  say("room_state", { self: {}, room: {} });
  say("participant_joined", {});
  say("offer", {});
  assert.equal(phase.value, "connecting");
  assert.deepEqual(events, []);
  await answerIce();
  assert.deepEqual(events, [["enter", SERVERS], "room_state", "participant_joined", "offer"]);
  assert.equal(doorway.door.value, null);
});

Deno.test("whoever is not let in is told so", () => {
  using scene = setup();
  scene.say("denied", {});
  assert.deepEqual(scene.events, [["turned away", "denied"]]);
});
