/** Ways in that are closed: a page in words, never a blank one. */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import type { Product } from "../fixtures/product.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { attribute, find, join, signIn, visit, visitAndJoin } from "./harness/walks.ts";

async function signedIn(stage: Stage): Promise<{ product: Product; ann: ChromiumPerson }> {
  const product = await stage.product();
  const ann = await stage.chromium("Ann");
  await signIn(ann, product);
  return { product, ann };
}

async function errorPage(person: ChromiumPerson, url: string) {
  const answer = await person.page.goto(url);
  await find(person, "error-page");
  const selector = '[data-testid="error-page"]';
  const text = await person.page.locator(selector).innerText();
  return {
    status: answer?.status(),
    code: await attribute(person, { selector, name: "data-code" }),
    text,
  };
}

browserTest("a code that no room has: 404, in words, with a way home", async (stage) => {
  const { product, ann } = await signedIn(stage);
  const page = await errorPage(ann, `${product.origin}/video/room/ZZZZZZZZ`);
  assert.deepEqual([page.status, page.code], [404, "ROOM_NOT_FOUND"]);
  assert.ok(page.text.length > 20);
  await stage.picture(ann, "error_room_not_found");
  await ann.page.getByRole("link", { name: /home/i }).last().click();
  await find(ann, "create-room-form");
});

browserTest("an ended room: 410, in words", async (stage) => {
  const { product, ann } = await signedIn(stage);
  const host = await Api.signIn(product.origin, "Host");
  const { room_code } = await host.createRoom();
  await host.endRoom(room_code);
  const page = await errorPage(ann, `${product.origin}/video/room/${room_code}`);
  assert.deepEqual([page.status, page.code], [410, "ROOM_INACTIVE"]);
});

browserTest("a page that does not exist: 404, in words", async (stage) => {
  const product = await stage.product();
  const ann = await stage.chromium("Ann");
  const page = await errorPage(ann, `${product.origin}/no/such/page`);
  assert.deepEqual([page.status, page.code], [404, "NOT_FOUND"]);
});

browserTest("a full room says so, and lets in when a place is free", async (stage) => {
  const product = await stage.product();
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await host.createRoom({ max_participants: 2 });
  const ann = await stage.chromium("Ann");
  await visitAndJoin(ann, product, code);
  const other = await Api.signIn(product.origin, "Other");
  await other.join(code);

  const ben = await stage.chromium("Ben");
  await visit(ben, product, code);
  await ben.click("lobby-join");
  await find(ben, "call-ended");
  assert.match(await ben.page.locator('[data-testid="call-ended"]').innerText(), /full/i);
  await stage.picture(ben, "room_full");

  await other.call("DELETE", `/video/rooms/${code}/leave`);
  await ben.click("rejoin");
  await find(ben, "call");
});

browserTest("without a session the room asks to sign in, then opens", async (stage) => {
  const product = await stage.product();
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await host.createRoom();
  const ann = await stage.chromium("Ann");
  await ann.open(`${product.origin}/video/room/${code}`);
  assert.match(await ann.url(), /\/login\?next=/);
  await ann.type("signin-name", "Ann");
  await ann.type("signin-password", "wrong-password");
  await ann.click("signin-submit");
  await ann.page.getByText(/password/i).first().waitFor();
  await ann.type("signin-password", "correct-horse-battery");
  await ann.click("signin-submit");
  await find(ann, "lobby");
  await join(ann);
});

browserTest("a used-up guest link is refused in words", async (stage) => {
  const product = await stage.product();
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await host.createRoom();
  const link = await host.guestUrl(code, { max_uses: 1 });
  const [ann, ben] = [await stage.chromium("Ann"), await stage.chromium("Ben")];
  await ann.open(link);
  await find(ann, "lobby");
  await ben.open(link);
  await ben.page.getByRole("status").getByText(/link/i).first().waitFor();
  assert.equal((await ben.url()).includes("/video/room/"), false);
});

browserTest("no devices: the lobby says why, and the call works without them", async (stage) => {
  const product = await stage.product();
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await host.createRoom();
  const ann = await stage.chromium("Ann", { denyDevices: true });
  await visit(ann, product, code);
  await ann.page.getByText(/camera/i).first().waitFor();
  await stage.picture(ann, "lobby_no_devices");
  await join(ann);
});
