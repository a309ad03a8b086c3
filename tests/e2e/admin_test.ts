/** The administration as somebody who runs the server uses it, with real people in real calls. */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import { until } from "../fixtures/poll.ts";
import { ACCESS_PASSWORD, type Product } from "../fixtures/product.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { type PersonOptions, testid } from "./harness/person.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import { attribute, enterByLink, find, visitAndJoin } from "./harness/walks.ts";

const ADMIN_PASSWORD = "runs-this-server";

async function productWithAdmin(stage: Stage): Promise<Product> {
  const product = await stage.product();
  const made = await product.run(["admin", "create", "olga"], `${ADMIN_PASSWORD}\n`);
  assert.equal(made.code, 0, made.err);
  return product;
}

async function type(person: ChromiumPerson, name: string, password: string): Promise<void> {
  await person.type("admin-login-name", name);
  await person.type("admin-login-password", password);
  await person.click("admin-login-submit");
}

/** From any address below /admin by way of the sign-in to the page itself. */
async function enter(
  stage: Stage,
  product: Product,
  path = "/admin",
  options: PersonOptions = {},
): Promise<ChromiumPerson> {
  const olga = await stage.chromium("Olga", options);
  await olga.open(product.origin + path);
  assert.match(await olga.url(), /\/admin\/login\?next=/);
  await type(olga, "olga", ADMIN_PASSWORD);
  await olga.page.waitForURL(product.origin + path);
  return olga;
}

const textOf = (person: ChromiumPerson, id: string) =>
  person.page.locator(testid(id)).first().innerText();

/** Presses the button that asks, and says yes. */
async function confirm(person: ChromiumPerson): Promise<void> {
  await person.click("admin-confirm-yes");
  await person.page.locator(testid("admin-confirm")).waitFor({ state: "detached" });
}

browserTest("an administrator ends a room, and everyone in it sees why", async (stage) => {
  const product = await productWithAdmin(stage);
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code, room_id } = await host.createRoom({ room_name: "Team talk" });
  const link = await host.guestUrl(code);
  const ann = await stage.chromium("Ann");
  await visitAndJoin(ann, product, code);
  const ben = await stage.chromium("Ben");
  await enterByLink(ben, link);

  const olga = await enter(stage, product, "/admin");
  await until(
    "the overview counts them",
    async () => (await textOf(olga, "admin-now")).includes("2 people in 1 room"),
  );
  await olga.click("admin-live-room");
  await olga.page.waitForURL(`${product.origin}/admin/rooms/${room_id}`);
  await until("both are listed", async () => {
    const rows = await olga.page.locator(testid("admin-present-row")).allInnerTexts();
    return rows.length === 2 && rows.join().includes("Ann") && rows.join().includes("Ben");
  });
  await stage.picture(olga, "admin_room_desktop");

  await olga.click("admin-end-room");
  assert.match(await textOf(olga, "admin-confirm"), /Team talk/);
  await olga.click("admin-confirm-no");
  await olga.page.locator(testid("admin-confirm")).waitFor({ state: "detached" });
  await find(ann, "call");
  await olga.click("admin-end-room");
  await confirm(olga);
  await find(olga, "admin-room-ended");
  assert.equal(await olga.page.locator(testid("admin-end-room")).count(), 0);
  for (const person of [ann, ben]) {
    await find(person, "call-ended");
    const reason = { selector: testid("call-ended"), name: "data-reason" };
    assert.equal(await attribute(person, reason), "room_ended");
    assert.match(await textOf(person, "call-ended"), /ended for everyone/);
  }

  await olga.click("admin-nav-audit");
  await find(olga, "admin-audit");
  assert.match(await textOf(olga, "admin-audit-row"), /Room ended: Team talk\s+olga/);
  assert.deepEqual(olga.complaints, []);
});

browserTest("on a phone: wrong passwords are told in words, and limited", async (stage) => {
  const product = await productWithAdmin(stage);
  const olga = await stage.chromium("Olga", { phone: true });
  await olga.open(`${product.origin}/admin/rooms?q=talk`);
  await find(olga, "admin-login-help");
  assert.match(await textOf(olga, "admin-login-help"), /task start admin create NAME/);
  await type(olga, "olga", "not-the-password");
  assert.match(await textOf(olga, "admin-login-problem"), /wrong/);
  for (let attempt = 2; attempt <= 6; attempt++) {
    await olga.page.locator(testid("admin-login-submit")).click();
    await olga.page.locator(`${testid("admin-login-submit")}:not(:disabled)`).waitFor();
  }
  await until(
    "the wait is told",
    async () => /Try again in \d+ (second|minute)/.test(await textOf(olga, "admin-login-problem")),
  );
  await stage.picture(olga, "admin_login_blocked_phone");
});

browserTest("the account for calls does not open the administration", async (stage) => {
  const product = await productWithAdmin(stage);
  const host = await Api.signIn(product.origin, "Host");
  const { room_code } = await host.createRoom();
  const ann = await stage.chromium("Ann");
  await visitAndJoin(ann, product, room_code);
  await ann.open(`${product.origin}/admin`);
  await find(ann, "admin-login");
  assert.match(await textOf(ann, "admin-other-account"), /signed in as Ann.*account of their own/);
  await type(ann, "olga", ADMIN_PASSWORD);
  await find(ann, "admin-status");
  await ann.click("admin-sign-out");
  await find(ann, "admin-login");
  await ann.open(`${product.origin}/admin/settings`);
  await find(ann, "admin-login");
});

browserTest("signing out everywhere ends the sign-in on another device too", async (stage) => {
  const product = await productWithAdmin(stage);
  const lost = await enter(stage, product, "/admin");
  const olga = await enter(stage, product, "/admin/settings", { phone: true });
  await olga.click("admin-sign-out-everywhere");
  await confirm(olga);
  await find(olga, "admin-login");
  await lost.page.waitForURL(/\/admin\/login\?next=%2Fadmin$/);
});

browserTest("settings take effect at once, and can go back", async (stage) => {
  const product = await productWithAdmin(stage);
  const olga = await enter(stage, product, "/admin/settings", { phone: true });
  await olga.page.locator(testid("admin-setting-guest_link_seconds")).selectOption("3600");
  await olga.page.getByRole("switch", { name: /Waiting room/ }).check();
  await olga.click("admin-settings-save");
  await olga.page.getByRole("status").getByText("Saved").waitFor();

  const host = await Api.signIn(product.origin, "Host");
  const room = await host.createRoom();
  assert.equal(room.waiting_room_enabled, true);
  await host.guestUrl(room.room_code);
  const [link] = await olga.eval(async () => {
    const answer = await fetch("/api/admin/guest-links");
    const { items }: { items: { created_at: string; expires_at: string }[] } = await answer.json();
    return items;
  });
  const seconds = (Date.parse(link!.expires_at) - Date.parse(link!.created_at)) / 1000;
  assert.equal(Math.round(seconds), 3600);

  await olga.reload();
  const field = olga.page.locator(testid("admin-setting-guest_link_seconds"));
  assert.equal(await field.inputValue(), "3600");
  await olga.click("admin-settings-reset");
  await olga.page.getByRole("status").getByText("Saved").waitFor();
  assert.equal(await field.inputValue(), "86400");
  assert.equal((await host.createRoom()).waiting_room_enabled, false);
  assert.deepEqual(olga.complaints, []);
});

browserTest("a new access password: shown once, and everyone signs in anew", async (stage) => {
  const product = await productWithAdmin(stage);
  const host = await Api.signIn(product.origin, "Host");
  const { room_code } = await host.createRoom();
  const ann = await stage.chromium("Ann");
  await visitAndJoin(ann, product, room_code);

  const olga = await enter(stage, product, "/admin/settings");
  await olga.type("admin-new-password", "short");
  await olga.click("admin-change-password");
  await olga.page.getByText("At least 8 characters, or none").waitFor();
  await olga.type("admin-new-password", "");
  await olga.page.getByRole("switch", { name: /Sign everyone out/ }).check();
  await olga.click("admin-change-password");
  await confirm(olga);
  const password = await textOf(olga, "admin-generated-password");
  await find(ann, "call-ended");
  const logIn = (password: string) =>
    fetch(`${product.origin}/api/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ password, user_name: "Ann" }),
    }).then(async (answer) => {
      await answer.body?.cancel();
      return answer.status;
    });
  assert.equal(await logIn(ACCESS_PASSWORD), 401);
  assert.equal(await logIn(password), 200);
});

browserTest("lists: search, people, a guest link and its end", async (stage) => {
  const product = await productWithAdmin(stage);
  const host = await Api.signIn(product.origin, "Host");
  for (let number = 1; number <= 9; number++) {
    await host.createRoom({ room_name: `Room ${number}` });
  }
  const { room_code: code } = await host.createRoom({ room_name: "Book club" });
  const link = await host.guestUrl(code, { user_name: "Gil" });
  const gil = await stage.chromium("Gil");
  await enterByLink(gil, link);

  const olga = await enter(stage, product, "/admin/rooms", { phone: true, dark: true });
  assert.equal(await olga.page.locator(testid("admin-room-row")).count(), 10);
  await olga.type("admin-search-text", "book");
  await olga.page.keyboard.press("Enter");
  await olga.page.waitForURL(/q=book/);
  assert.equal(await olga.page.locator(testid("admin-room-row")).count(), 1);
  await olga.type("admin-search-text", "no such thing");
  await olga.click("admin-search-go");
  await olga.page.getByText("Nothing matches this.").waitFor();

  await olga.click("admin-menu");
  await stage.picture(olga, "admin_menu_phone_dark");
  await olga.click("admin-nav-users");
  const guest = olga.page.locator(testid("admin-user-row")).filter({ hasText: "Gil" });
  assert.match(await guest.innerText(), /by a guest link/);

  await olga.open(`${product.origin}/admin/guest-links`);
  assert.match(await textOf(olga, "admin-guest-link-row"), /Works/);
  await olga.click("admin-revoke-link");
  await confirm(olga);
  await until(
    "it is revoked",
    async () => /Revoked/.test(await textOf(olga, "admin-guest-link-row")),
  );
  await find(gil, "call-ended");
  assert.deepEqual(olga.complaints, []);
});

browserTest("a lifted ban lets somebody in again, by keyboard alone", async (stage) => {
  const product = await productWithAdmin(stage);
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await host.createRoom({ room_name: "Book club" });
  await host.join(code);
  const gil = await Api.signIn(product.origin, "Gil");
  const { participant_id } = await gil.join(code);
  await host.call("DELETE", `/video/rooms/${code}/participants/${participant_id}?ban=true`);
  await assert.rejects(gil.join(code), /BANNED/);

  const olga = await enter(stage, product, "/admin/bans");
  const { keyboard } = olga.page;
  await olga.page.locator(testid("admin-lift-ban")).focus();
  await keyboard.press("Enter");
  await find(olga, "admin-confirm");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await olga.page.locator(`${testid("admin-done")}:focus`).getByText("Gil").waitFor();
  await find(olga, "admin-empty");
  await gil.join(code);
});

const PAGES = ["", "/rooms", "/rooms/1", "/users", "/guest-links", "/bans", "/quality", "/audit"];
const DRESSES: Record<string, PersonOptions> = {
  phone_dark_russian: { phone: true, dark: true, locale: "ru-RU" },
  desktop_light: { viewport: { width: 1440, height: 900 } },
};

for (const [dress, options] of Object.entries(DRESSES)) {
  browserTest(`every page of the administration, ${dress.replaceAll("_", ", ")}`, async (stage) => {
    const product = await productWithAdmin(stage);
    const host = await Api.signIn(product.origin, "Host");
    const { room_code } = await host.createRoom({
      room_name: "A name with rather many words in it",
    });
    await host.guestUrl(room_code, { user_name: "Gil", max_uses: 3 });
    await host.join(room_code);
    const olga = await enter(stage, product, "/admin/settings", options);
    for (const page of ["/settings", ...PAGES]) {
      await olga.open(`${product.origin}/admin${page}`);
      await find(olga, "admin-nav");
      await olga.page.locator(`${testid("admin-sign-out")}:not(:disabled)`).waitFor({
        state: "attached",
      });
      const sideways = await olga.eval(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(sideways <= 0, `${page} can be scrolled sideways by ${sideways} px`);
      await stage.picture(olga, `admin${page.replaceAll("/", "_")}_${dress}`);
    }
    assert.deepEqual(olga.complaints, []);
  });
}
