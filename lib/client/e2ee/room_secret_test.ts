import assert from "node:assert/strict";
import {
  createRoomSecret,
  keepRoomSecret,
  readFragment,
  recallRoomSecret,
  recallsEncryption,
  withRoomSecret,
} from "./room_secret.ts";

Deno.test("a room's secret is made, put into links, and read from them", () => {
  createRoomSecret("NEW23456", { encryptionRequired: false });
  const link = withRoomSecret("https://host/video/room/NEW23456", "NEW23456");
  const { secret, rest } = readFragment(new URL(link).hash);
  assert.equal(rest, "");
  keepRoomSecret("COPY2345", secret ?? "");
  assert.deepEqual(recallRoomSecret("COPY2345"), recallRoomSecret("NEW23456"));
  assert.equal(recallRoomSecret("COPY2345")?.key.length, 32);
});

Deno.test("in a guest link the secret stands beside the token", () => {
  createRoomSecret("GUEST234", { encryptionRequired: false });
  const link = withRoomSecret("https://host/#/room/1?guest_token=abc", "GUEST234");
  const { secret, rest } = readFragment(new URL(link).hash);
  assert.equal(secret?.length, 43);
  assert.equal(rest, "#/room/1?guest_token=abc");
});

Deno.test("links and fragments without a secret stay as they are", () => {
  assert.equal(withRoomSecret("https://host/x", "UNKNOWN2"), "https://host/x");
  for (const hash of ["", "#", "#/room/1?guest_token=k=abc".replace("k=", "x")]) {
    assert.deepEqual(readFragment(hash), { secret: null, rest: hash });
  }
});

Deno.test("what is no secret is not kept", () => {
  for (const text of ["", "abc", "!!!", "A".repeat(100)]) {
    keepRoomSecret("WRONG234", text);
    assert.equal(recallRoomSecret("WRONG234"), null);
  }
});

localStorage.clear();

Deno.test("what the room's maker demands travels in the link, and is not forgotten", () => {
  createRoomSecret("STRICT23", { encryptionRequired: true });
  const link = withRoomSecret("https://host/video/room/STRICT23", "STRICT23");
  const { secret } = readFragment(new URL(link).hash);
  assert.equal(recallsEncryption("GUEST235"), false);
  keepRoomSecret("GUEST235", secret ?? "");
  assert.equal(recallsEncryption("GUEST235"), true);
  assert.deepEqual(recallRoomSecret("GUEST235"), recallRoomSecret("STRICT23"));
  // A link of a lesser kind takes nothing back.
  createRoomSecret("GUEST235", { encryptionRequired: false });
  assert.equal(recallsEncryption("GUEST235"), true);
});
