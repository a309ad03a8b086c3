/** The hooks that docs/testing.md promises to outside tools are there, with their names. */
import assert from "node:assert/strict";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { testid } from "./harness/person.ts";
import { browserTest } from "./harness/stage.ts";
import { attribute, createRoom, enterByLink, find, invite, join, signIn } from "./harness/walks.ts";

async function hasAll(person: ChromiumPerson, ids: readonly string[]): Promise<void> {
  for (const id of ids) await find(person, id, 5_000);
}

async function named(person: ChromiumPerson, names: Record<string, string>): Promise<void> {
  for (const [id, name] of Object.entries(names)) {
    const button = person.page.getByRole("button", { name, exact: true });
    assert.equal(await button.getAttribute("data-testid"), id);
  }
}

browserTest("outside tools find what the documentation promises", async (stage) => {
  const product = await stage.product();
  const ann = await stage.chromium("Ann");
  await ann.open(`${product.origin}/`);
  await hasAll(ann, ["signin-form", "signin-name", "signin-password", "signin-submit"]);
  await hasAll(ann, ["language-switch"]);
  await signIn(ann, product);
  await hasAll(ann, ["create-room-name", "create-room-submit", "join-code", "join-code-submit"]);
  await hasAll(ann, ["sign-out", "language-switch"]);
  const code = await createRoom(ann);
  await hasAll(ann, ["lobby-name", "lobby-join", "lobby-preview", "lobby-level", "lobby-mic"]);
  await hasAll(ann, ["lobby-camera", "lobby-camera-select", "lobby-microphone-select"]);
  await named(ann, { "lobby-join": "Join" });
  const annId = await join(ann);
  await named(ann, {
    "control-mic": "Mute microphone",
    "control-camera": "Turn camera off",
    "control-screen": "Share screen",
    "control-share": "Invite",
    "control-leave": "Leave call",
  });
  const link = await invite(ann);
  await ann.click("control-share");
  await hasAll(ann, ["share-dialog", "share-link", "share-copy", "share-qr"]);
  await ann.page.keyboard.press("Escape");

  const ben = await stage.chromium("Ben");
  const benId = await enterByLink(ben, link);
  await ben.page.locator(`${testid("tile")}[data-link="connected"] video`).waitFor();
  await ann.page.locator(`audio[data-kind="audio"][data-participant-id="${benId}"]`).waitFor({
    state: "attached",
  });
  const count = { selector: testid("participant-count"), name: "data-count" };
  assert.equal(await attribute(ben, count), "2");
  const self = { selector: testid("self-view"), name: "data-participant-id" };
  assert.equal(await attribute(ann, self), String(annId));

  await ann.open(`${product.origin}/`);
  await hasAll(ann, ["my-rooms", "room-link"]);
  const roomLink = await attribute(ann, { selector: testid("room-link"), name: "href" });
  assert.ok(roomLink?.endsWith(code));
});
