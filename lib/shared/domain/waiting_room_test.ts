import assert from "node:assert/strict";
import { type Door, entryOf, mustWait, type Newcomer } from "./waiting_room.ts";

const OPEN: Door = { is_locked: false, waiting_room_enabled: false, waiting_room_for: "guests" };
const FOR_GUESTS: Door = { ...OPEN, waiting_room_enabled: true };
const FOR_ALL: Door = { ...FOR_GUESTS, waiting_room_for: "all" };
const LOCKED: Door = { ...OPEN, is_locked: true };

const USER: Newcomer = {
  role: null,
  is_guest: false,
  is_admitted: false,
  holdsPlace: false,
  isWaiting: false,
};
const GUEST: Newcomer = { ...USER, role: "guest", is_guest: true };
const HOST: Newcomer = { ...USER, role: "host" };

Deno.test("guests wait, or all do, but never those who lead", () => {
  const doors = [OPEN, FOR_GUESTS, FOR_ALL];
  const entries = (person: Newcomer) => doors.map((door) => entryOf(door, person));
  assert.deepEqual(entries(GUEST), ["enter", "wait", "wait"]);
  assert.deepEqual(entries(USER), ["enter", "enter", "wait"]);
  assert.deepEqual(entries(HOST), ["enter", "enter", "enter"]);
  assert.deepEqual(entries({ ...GUEST, role: "moderator" }), ["enter", "enter", "enter"]);
});

Deno.test("once let in, always let in; who holds a place keeps it", () => {
  assert.equal(entryOf(FOR_ALL, { ...GUEST, is_admitted: true }), "enter");
  assert.equal(entryOf(FOR_ALL, { ...GUEST, holdsPlace: true }), "enter");
  assert.equal(mustWait(FOR_ALL, { ...GUEST, holdsPlace: true }), false);
});

Deno.test("a locked room lets nobody new in, but its people and those who lead", () => {
  assert.equal(entryOf(LOCKED, USER), "locked");
  assert.equal(entryOf(LOCKED, { ...USER, is_admitted: true }), "locked");
  assert.equal(entryOf(LOCKED, { ...USER, holdsPlace: true }), "enter");
  assert.equal(entryOf(LOCKED, HOST), "enter");
  assert.equal(entryOf({ ...FOR_GUESTS, is_locked: true }, { ...GUEST, isWaiting: true }), "wait");
});
