import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import type { CallPhase, LinkPhase, RemotePerson } from "./call_state.ts";
import { watchCalm } from "./calm.ts";

const ARRIVING_MS = 30;
const arrived = () => new Promise((resolve) => setTimeout(resolve, 3 * ARRIVING_MS));

function person(link: LinkPhase) {
  const phase = signal(link);
  return { link: phase, person: { link: phase } as unknown as RemotePerson };
}

Deno.test("nothing moves while this person, or several others, are coming", async () => {
  const phase = signal<CallPhase>("waiting");
  const others = signal<readonly RemotePerson[]>([]);
  const life = new AbortController();
  const calm = watchCalm({ phase, others }, life.signal, ARRIVING_MS);
  await arrived();
  assert.equal(calm.value, false);
  phase.value = "connected";
  assert.equal(calm.value, false);
  await arrived();
  assert.equal(calm.value, true);
  const [one, other] = [person("connecting"), person("connecting")];
  others.value = [one.person];
  assert.equal(calm.value, true);
  others.value = [one.person, other.person];
  assert.equal(calm.value, false);
  one.link.value = "connected";
  assert.equal(calm.value, true);
  life.abort();
});
