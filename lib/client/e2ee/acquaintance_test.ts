import assert from "node:assert/strict";
import { Meeting, random, settle } from "./fake_meeting.ts";
import type { RoomSecret } from "./room_secret.ts";

const newSecret = (): RoomSecret => ({ key: random(), encryptionRequired: true });

/** `"1 2": "link"`, of everybody about everybody. */
function verified(meeting: Meeting): Record<string, string | null> {
  return Object.fromEntries([...meeting.trust].map(([pair, trust]) => [pair, trust.verified]));
}

async function two(secrets: [RoomSecret | null, RoomSecret | null] = [null, null]) {
  const meeting = new Meeting();
  const a = await meeting.enter(1, { roomSecret: secrets[0] });
  const b = await meeting.enter(2, { roomSecret: secrets[1] });
  return { meeting, a, b };
}

Deno.test("who came with the same link is verified by it, everybody else is not", async () => {
  const secret = newSecret();
  const meeting = new Meeting();
  await meeting.enter(1, { roomSecret: secret });
  await meeting.enter(2, { roomSecret: secret });
  await meeting.enter(3);
  await meeting.enter(4, { roomSecret: newSecret() });
  const nobody = ["1 3", "3 1", "2 3", "3 2", "1 4", "4 1", "2 4", "4 2", "3 4", "4 3"];
  assert.deepEqual(
    verified(meeting),
    Object.fromEntries([["1 2", "link"], ["2 1", "link"], ...nobody.map((pair) => [pair, null])]),
  );
});

Deno.test("a compared code counts on the side that compared it, and is told to the other", async () => {
  const { meeting, a } = await two();
  a.compare(2);
  await settle();
  assert.deepEqual(meeting.trust.get("1 2"), { verified: "code", peerCompared: false });
  assert.deepEqual(meeting.trust.get("2 1"), { verified: null, peerCompared: true });
});

Deno.test("a rebuilt connection with the same person keeps the mark", async () => {
  const { meeting, a } = await two();
  a.compare(2);
  for (let time = 0; time < 3; time++) {
    meeting.reconnect(1, 2);
    await settle();
    assert.equal(meeting.trust.get("1 2")?.verified, "code");
    assert.equal(meeting.trust.get("2 1")?.verified, null);
  }
});

Deno.test("somebody else at the other end of a rebuilt connection has no mark, now or later", async () => {
  const { meeting, a } = await two();
  a.compare(2);
  await settle();
  meeting.replace(2);
  for (let time = 0; time < 2; time++) {
    meeting.reconnect(1, 2);
    await settle();
    assert.equal(meeting.trust.get("1 2")?.verified, null);
  }
});

Deno.test("the room's secret goes to who came without it once both have compared the code", async () => {
  const secret = newSecret();
  const meeting = new Meeting();
  const host = await meeting.enter(1, { roomSecret: secret });
  await meeting.enter(2, { roomSecret: secret });
  const late = await meeting.enter(3);
  host.compare(3);
  await settle();
  // One side alone is not enough: who offers a secret may be in between.
  assert.equal(meeting.adopted.size, 0);
  assert.equal(meeting.trust.get("3 1")?.verified, null);
  late.compare(1);
  await settle();
  assert.deepEqual(meeting.adopted.get(3), secret);
  // With it the newcomer is verified for everybody who has it, without another connection.
  for (const pair of ["1 3", "3 1", "2 3", "3 2"]) {
    assert.equal(meeting.trust.get(pair)?.verified, "link", pair);
  }
  const next = await meeting.enter(4, { roomSecret: secret });
  assert.ok(next);
  assert.equal(meeting.trust.get("3 4")?.verified, "link");
});

Deno.test("the order of comparing does not matter, and a secret that is there is not replaced", async () => {
  const secret = newSecret();
  const { meeting, a, b } = await two([secret, null]);
  b.compare(1);
  await settle();
  a.compare(2);
  await settle();
  assert.deepEqual(meeting.adopted.get(2), secret);
  const own = newSecret();
  const other = await two([newSecret(), own]);
  other.a.compare(2);
  other.b.compare(1);
  await settle();
  assert.equal(other.meeting.adopted.size, 0);
});

Deno.test("a relay that strips the secret's id gains nothing: both prove it afterwards", async () => {
  const secret = newSecret();
  const meeting = new Meeting();
  meeting.tamper = (message) => message.type === "hello" ? { ...message, secret_id: "" } : message;
  await meeting.enter(1, { roomSecret: secret });
  await meeting.enter(2, { roomSecret: secret });
  assert.deepEqual(verified(meeting), { "1 2": "link", "2 1": "link" });
});
