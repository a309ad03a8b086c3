/** What hosts can do with people in the call, seen from both sides. */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import { until } from "../fixtures/poll.ts";
import type { Product } from "../fixtures/product.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { ignoreOrders, keepConnections, receivedBytes } from "./harness/disobedience.ts";
import {
  act,
  actForSure,
  become,
  controlReads,
  endPage,
  readsNotice,
  rowsOf,
} from "./harness/moderating.ts";
import { testid } from "./harness/person.ts";
import { hears, hearsNothingOf, sees, tile, tilesAre } from "./harness/senses.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import { enterByLink, find, inCall, join, signIn, visitAndJoin } from "./harness/walks.ts";

interface Scene {
  product: Product;
  code: string;
  /** In the browser, host of the room. */
  ann: ChromiumPerson;
  annId: number;
  /** The host over REST. */
  host: Api;
}

/** A host in the call, with the room also in the hands of a program. */
async function hostInCall(stage: Stage, options: { phone?: boolean } = {}): Promise<Scene> {
  const product = await stage.product();
  const host = await Api.signIn(product.origin, "Ann");
  const { room_code: code } = await host.createRoom({ room_name: "Team talk" });
  const ann = await stage.chromium("Ann", options);
  await become(ann, product, host);
  await ann.open(`${product.origin}/video/room/${code}`);
  const annId = await join(ann);
  return { product, code, ann, annId, host };
}

async function guestInCall(
  stage: Stage,
  { host, code }: Scene,
  { name, script }: { name: string; script?: () => void },
): Promise<{ guest: ChromiumPerson; id: number }> {
  const guest = await stage.chromium(name);
  if (script) await guest.page.addInitScript(script);
  const id = await enterByLink(guest, await host.guestUrl(code));
  return { guest, id };
}

browserTest("a mute holds against a client that ignores it", async (stage) => {
  const scene = await hostInCall(stage);
  const { ann, product, code } = scene;
  const clara = await stage.chromium("Clara");
  await clara.page.addInitScript(keepConnections);
  await visitAndJoin(clara, product, code);
  const { guest: boris, id } = await guestInCall(stage, scene, {
    name: "Boris",
    script: ignoreOrders,
  });
  await Promise.all([hears(ann, id), hears(clara, id)]);

  await act(ann, id, "mute");
  await readsNotice(clara, /Ann muted Boris/);
  await Promise.all([hearsNothingOf(ann, id), hearsNothingOf(clara, id)]);
  // He has not obeyed, and his sound still arrives.
  await controlReads(boris, "control-mic", /^Mute microphone$/);
  const before = await clara.eval(receivedBytes, "audio");
  await until(
    "sound arrives",
    async () => await clara.eval(receivedBytes, "audio") > before + 2_000,
  );
  await hearsNothingOf(clara, id);

  await act(ann, id, "stop-video");
  await clara.page.locator(`${tile(id)} video.opacity-0`).waitFor({ state: "attached" });

  // With a lock not even saying "I am unmuted" helps.
  await act(ann, id, "lock-audio");
  await readsNotice(clara, /Ann muted Boris and forbade unmuting/);
  await boris.click("control-mic");
  await boris.click("control-mic");
  await readsNotice(boris, /may not/i);
  await hearsNothingOf(clara, id);
});

browserTest(
  "a muted person's own microphone goes off, and a lock explains itself",
  async (stage) => {
    const scene = await hostInCall(stage);
    const { ann } = scene;
    const { guest: boris, id } = await guestInCall(stage, scene, { name: "Boris" });
    await hears(ann, id);
    await act(ann, id, "mute");
    await readsNotice(boris, /Ann muted you/);
    await controlReads(boris, "control-mic", /^Unmute microphone$/);
    await boris.click("control-mic");
    await controlReads(boris, "control-mic", /^Mute microphone$/);
    await hears(ann, id);

    await act(ann, id, "lock-audio");
    await readsNotice(boris, /cannot unmute/);
    await controlReads(boris, "control-mic", /locked/);
    await boris.click("control-mic");
    await readsNotice(boris, /Raise your hand/);
    await controlReads(boris, "control-mic", /locked/);
    await stage.picture(boris, "moderation_locked");
    await boris.reload();
    assert.equal(await inCall(boris), id);
    await controlReads(boris, "control-mic", /locked/);

    await act(ann, id, "unlock-audio");
    await readsNotice(boris, /lets you unmute/);
    await boris.click("control-mic");
    await controlReads(boris, "control-mic", /^Mute microphone$/);
    await hears(ann, id);
  },
);

browserTest("a host stops a camera and a shared screen", async (stage) => {
  const scene = await hostInCall(stage);
  const { ann } = scene;
  const { guest: boris, id } = await guestInCall(stage, scene, { name: "Boris" });
  await boris.click("control-screen");
  await sees(ann, id, "screen");
  await act(ann, id, "stop-screen");
  await readsNotice(boris, /stopped your screen share/);
  await tilesAre(ann, [`${id}:camera`]);
  await controlReads(boris, "control-screen", /^Share screen$/);
  await act(ann, id, "stop-video");
  await readsNotice(boris, /stopped your video/);
  await controlReads(boris, "control-camera", /on$/);
});

browserTest("the people panel shows everyone, and offers only what is allowed", async (stage) => {
  const scene = await hostInCall(stage);
  const { ann, annId } = scene;
  const { guest: boris, id } = await guestInCall(stage, scene, { name: "Boris" });
  await ann.click("control-people");
  await find(ann, "people-panel");
  assert.deepEqual(await rowsOf(ann), [annId, id]);
  for (const control of ["mute-all", "lock-room", "end-for-all", "room-settings", "bans"]) {
    await find(ann, control);
  }
  await boris.click("control-people");
  await find(boris, "people-panel");
  assert.deepEqual(await rowsOf(boris), [id, annId]);
  for (const control of ["person-more", "tile-more", "mute-all", "lock-room", "end-for-all"]) {
    assert.equal(await boris.page.locator(testid(control)).count(), 0, control);
  }
  await stage.picture(ann, "people_panel");

  await act(ann, id, "role-moderator");
  await readsNotice(boris, /made you a moderator/);
  await find(boris, "mute-all");
  await find(boris, "lock-room");
  // A moderator leads others, not the host, and cannot end the call.
  assert.equal(await boris.page.locator(testid("tile-more")).count(), 0);
  assert.equal(await boris.page.locator(testid("end-for-all")).count(), 0);
});

browserTest("mute everyone; a locked room says so at its door", async (stage) => {
  const scene = await hostInCall(stage);
  const { ann, product, code } = scene;
  const { guest: boris, id } = await guestInCall(stage, scene, { name: "Boris" });
  await ann.click("control-people");
  await ann.click("mute-all");
  await controlReads(boris, "control-mic", /^Unmute microphone$/);
  await readsNotice(boris, /Ann muted/);
  await controlReads(ann, "control-mic", /^Mute microphone$/);
  await hearsNothingOf(ann, id);

  await ann.click("lock-room");
  await readsNotice(boris, /Ann locked the room/);
  const clara = await stage.chromium("Clara");
  await signIn(clara, product);
  await clara.open(`${product.origin}/video/room/${code}`);
  await find(clara, "lobby");
  await clara.click("lobby-join");
  const page = await endPage(clara);
  assert.match(page.text, /room is locked/);
  await stage.picture(clara, "room_locked");
  // Who was here a moment ago may return.
  await boris.reload();
  assert.equal(await inCall(boris), id);
  // A closed page is gone, long before the grace of a broken connection ends.
  await boris.open("about:blank");
  await tilesAre(ann, []);
  await boris.open(`${product.origin}/video/room/${code}`);
  assert.equal(await inCall(boris), id);
  await ann.click("lock-room");
  await readsNotice(boris, /unlocked the room/);
  await clara.click("rejoin");
  await inCall(clara);
});

browserTest("removed: a page in words that names the host", async (stage) => {
  const scene = await hostInCall(stage);
  const { guest: boris, id } = await guestInCall(stage, scene, { name: "Boris" });
  await actForSure(scene.ann, id, "remove");
  const page = await endPage(boris);
  assert.equal(page.reason, "removed");
  assert.match(page.text, /Ann/);
  await tilesAre(scene.ann, []);
});

browserTest(
  "a ban survives a reload, another link and another name, until it is undone",
  async (stage) => {
    const scene = await hostInCall(stage);
    const { ann, host, code, product } = scene;
    const { guest: boris, id } = await guestInCall(stage, scene, { name: "Boris" });
    await act(ann, id, "ban");
    await ann.type("ban-reason", "Shouting");
    await ann.click("confirm");
    const page = await endPage(boris);
    assert.equal(page.reason, "banned");
    await stage.picture(boris, "banned");

    await boris.reload();
    await boris.page.locator(`${testid("error-page")}, ${testid("call-ended")}`).first().waitFor();
    await boris.open("about:blank");
    await boris.open(await host.guestUrl(code, { user_name: "Somebody else" }));
    await find(boris, "guest-card");
    await boris.page.locator(`${testid("guest-card")}[data-code="BANNED"]`).waitFor();
    await signIn(boris, product);
    await boris.open(`${product.origin}/video/room/${code}`);
    await find(boris, "error-page");
    await tilesAre(ann, []);

    await ann.click("control-people");
    await ann.click("bans");
    const row = ann.page.locator(testid("ban-row"));
    await row.waitFor();
    assert.match(await row.innerText(), /Boris[^]*Shouting/);
    await stage.picture(ann, "ban_list");
    await ann.click("unban");
    await row.waitFor({ state: "detached" });
    await boris.open(`${product.origin}/video/room/${code}`);
    await find(boris, "lobby");
    await join(boris);
  },
);

browserTest("the host ends the call for everyone, and everyone sees why", async (stage) => {
  const scene = await hostInCall(stage, { phone: true });
  const { ann } = scene;
  const { guest: boris } = await guestInCall(stage, scene, { name: "Boris" });
  await ann.click("control-people");
  await ann.click("end-for-all");
  await stage.picture(ann, "end_for_all");
  await ann.click("confirm");
  const [his, hers] = await Promise.all([endPage(boris), endPage(ann)]);
  assert.deepEqual([his.reason, hers.reason], ["room_ended", "room_ended"]);
  assert.match(his.text, /Ann ended it for everyone/);
  assert.match(hers.text, /You ended it/);
  await stage.picture(boris, "ended_for_all");
});

browserTest("a room is renamed and set up anew during the call", async (stage) => {
  const scene = await hostInCall(stage);
  const { ann, host, code } = scene;
  const { guest: boris } = await guestInCall(stage, scene, { name: "Boris" });
  await ann.click("control-people");
  await ann.click("room-settings");
  await ann.type("settings-name", "Board meeting");
  await ann.type("settings-max-participants", "5");
  await ann.page.locator(testid("settings-waiting")).selectOption("all");
  await ann.click("settings-private");
  await ann.click("settings-save");
  await boris.page.getByRole("heading", { name: "Board meeting" }).waitFor();
  const room = await host.call<Record<string, unknown>>("GET", `/video/rooms/${code}`);
  assert.deepEqual(
    [room.room_name, room.max_participants, room.is_private, room.is_locked],
    ["Board meeting", 5, true, false],
  );
  assert.deepEqual([room.waiting_room_enabled, room.waiting_room_for], [true, "all"]);
});

browserTest(
  "guest links are listed with their uses, and a revoked one signs its guests out",
  async (stage) => {
    const scene = await hostInCall(stage);
    const { ann } = scene;
    await ann.click("control-share");
    await find(ann, "share-qr");
    await ann.page.locator(`${testid("link-options")} summary`).click();
    await ann.page.locator(testid("link-expires")).selectOption("3600");
    await ann.page.locator(testid("link-uses")).selectOption("2");
    await ann.type("link-name", "Boris");
    const first = await ann.page.locator(testid("share-link")).inputValue();
    await ann.click("link-make");
    const link = await until("another link", async () => {
      const shown = ann.page.locator(testid("share-link"));
      const value = await shown.count() > 0 ? await shown.inputValue() : first;
      return value !== first && value;
    });
    const boris = await stage.chromium("Guest");
    await boris.open(link);
    await find(boris, "lobby");
    assert.equal(await boris.page.locator(testid("lobby-name")).inputValue(), "Boris");
    await join(boris);

    await ann.page.keyboard.press("Escape");
    await ann.click("control-share");
    await find(ann, "share-link");
    await ann.page.locator(`${testid("guest-links")} summary`).click();
    const row = ann.page.locator(testid("guest-link-row")).filter({ hasText: "For Boris" });
    await row.filter({ hasText: "used 1 of 2" }).waitFor();
    await stage.picture(ann, "guest_links");
    await row.locator(testid("revoke-link")).click();
    await ann.click("revoke-confirm");
    await row.filter({ hasText: "revoked" }).waitFor();
    const page = await endPage(boris);
    assert.match(page.text, /invitation does not work any more/);
  },
);
