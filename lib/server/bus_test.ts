import assert from "node:assert/strict";
import { type BusEvent, createBus } from "./bus.ts";

const EVENT: BusEvent = { type: "participant_gone", room_id: 1, participant_id: 2, reason: "left" };

Deno.test("everyone hears an event, also when one of them fails", () => {
  const heard: string[] = [];
  const failures: unknown[] = [];
  const bus = createBus((error) => failures.push(error));
  bus.subscribe(() => {
    throw new Error("deaf");
  });
  const unsubscribe = bus.subscribe((event) => heard.push(event.type));
  bus.publish(EVENT);
  unsubscribe();
  bus.publish(EVENT);
  assert.deepEqual(heard, ["participant_gone"]);
  assert.equal(failures.length, 2);
});
