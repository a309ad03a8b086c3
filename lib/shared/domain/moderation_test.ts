import assert from "node:assert/strict";
import { isLocked, mayBecome, muteFacts, obeyLocks, successor } from "./moderation.ts";

const ON = {
  is_muted: false,
  is_video_enabled: true,
  is_screen_sharing: true,
  is_audio_locked: false,
  is_video_locked: false,
  is_screen_locked: false,
};

Deno.test("a mute switches off, a lock keeps off, unlocking switches nothing on", () => {
  const muted = muteFacts({ media: "audio", muted: true, locked: false });
  assert.deepEqual(muted, { is_muted: true });
  const locked = muteFacts({ media: "video", muted: true, locked: true });
  assert.deepEqual(locked, { is_video_enabled: false, is_video_locked: true });
  const unlocked = muteFacts({ media: "screen", muted: false, locked: true });
  assert.deepEqual(unlocked, { is_screen_locked: false });
});

Deno.test("a plain mute of somebody locked leaves the lock", () => {
  const facts = { ...ON, is_audio_locked: true };
  const after = { ...facts, ...muteFacts({ media: "audio", muted: true, locked: false }) };
  assert.ok(isLocked(after, "audio"));
});

Deno.test("what is locked is off on the way in", () => {
  const locked = { ...ON, is_audio_locked: true, is_screen_locked: true };
  assert.deepEqual(obeyLocks(locked), { ...locked, is_muted: true, is_screen_sharing: false });
  assert.deepEqual(obeyLocks(ON), ON);
});

Deno.test("a guest is never host, who signed in is never a guest", () => {
  const roles = ["host", "moderator", "participant", "guest"] as const;
  const open = (is_guest: boolean) => roles.filter((role) => mayBecome({ is_guest }, role));
  assert.deepEqual(open(true), ["moderator", "participant", "guest"]);
  assert.deepEqual(open(false), ["host", "moderator", "participant"]);
});

Deno.test("the successor is online, signed in, and here longest; none while somebody leads", () => {
  const person = (id: number, joined_at: string, changes = {}) => ({
    id,
    joined_at,
    role: "participant" as const,
    is_guest: false,
    is_online: true,
    ...changes,
  });
  const people = [
    person(1, "2026-01-01T09:00:00.000Z", { is_guest: true }),
    person(2, "2026-01-01T10:00:00.000Z", { is_online: false }),
    person(3, "2026-01-01T12:00:00.000Z"),
    person(4, "2026-01-01T11:00:00.000Z"),
  ];
  assert.equal(successor(people)?.id, 4);
  assert.equal(successor(people.slice(0, 2)), undefined);
  const moderator = { ...person(5, "2026-01-01T13:00:00.000Z"), role: "moderator" as const };
  assert.equal(successor([...people, moderator]), undefined);
});
