/** The chat of a call: what is written arrives, stays for the call, and reaches nobody else. */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import { until } from "../fixtures/poll.ts";
import { lackTransforms } from "./harness/attacks.ts";
import { isDelivered, openChat, reads, say } from "./harness/chatting.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { testid } from "./harness/person.ts";
import { tile } from "./harness/senses.ts";
import { browserTest } from "./harness/stage.ts";
import { attribute, find, inCall, join, leave, visit, visitAndJoin } from "./harness/walks.ts";

async function isProtected(person: ChromiumPerson, id: number): Promise<void> {
  await until(
    `${person.name} has keys with ${id}`,
    async () =>
      await attribute(person, { selector: tile(id), name: "data-protection" }) === "encrypted",
    { timeoutMs: 20_000 },
  );
}

const ODD = "<img src=x onerror=alert(1)> & see https://example.org/a?b=1.\njavascript:alert(1)";

browserTest(
  "what one writes the other reads; a reload keeps it, a goodbye does not",
  async (stage) => {
    const product = await stage.product();
    const { room_code: code } = await (await Api.signIn(product.origin, "Host")).createRoom();
    const ann = await stage.chromium("Ann");
    const annId = await visitAndJoin(ann, product, code);
    const ben = await stage.chromium("Ben");
    const benId = await visitAndJoin(ben, product, code);
    await isProtected(ann, benId);

    await openChat(ann);
    // Whoever opens the chat wants to write.
    await ann.page.keyboard.type("Hello");
    await ann.page.keyboard.press("Shift+Enter");
    await ann.page.keyboard.type("Ben");
    await ann.page.keyboard.press("Enter");
    await say(ann, ODD);
    await isDelivered(ann);

    const unread = { selector: testid("chat-unread"), name: "data-count" };
    await until("two are unread", async () => await attribute(ben, unread) === "2");
    await stage.picture(ben, "chat_toast");
    await openChat(ben);
    await reads(ben, ["Hello\nBen", ODD]);
    await until("nothing is unread", async () => await attribute(ben, unread) === null);
    const links = ben.page.locator(`${testid("chat-message")} a`);
    assert.equal(await links.count(), 1);
    assert.equal(await links.getAttribute("href"), "https://example.org/a?b=1");
    assert.match(await links.getAttribute("rel") ?? "", /noopener/);
    await say(ben, "Hi Ann");
    const said = await reads(ann, ["Hello\nBen", ODD, "Hi Ann"]);
    assert.deepEqual(said.map(({ from }) => from), [annId, annId, benId]);
    await stage.picture(ann, "chat_desktop");

    await ben.reload();
    await inCall(ben);
    await openChat(ben);
    await reads(ben, ["Hello\nBen", ODD, "Hi Ann"]);
    await say(ann, "Still there?");
    await reads(ben, ["Hello\nBen", ODD, "Hi Ann", "Still there?"]);

    await ben.page.keyboard.press("Escape");
    await ben.page.locator(testid("chat-panel")).waitFor({ state: "detached" });
    await leave(ben);
    await ben.click("rejoin");
    await inCall(ben);
    await openChat(ben);
    await reads(ben, []);
  },
);

browserTest(
  "whoever comes later or cannot encrypt does not read it, and that is said",
  async (stage) => {
    const product = await stage.product();
    const { room_code: code } = await (await Api.signIn(product.origin, "Host")).createRoom();
    const ann = await stage.chromium("Ann");
    await visitAndJoin(ann, product, code);
    const old = await stage.chromium("Old");
    await old.page.addInitScript(lackTransforms);
    await visitAndJoin(old, product, code);
    await openChat(ann);
    await until(
      "Ann is told of Old",
      async () => (await ann.page.locator(testid("chat-unreadable")).innerText()).includes("Old"),
    );
    await say(ann, "before");
    await reads(ann, ["before"]);

    const cat = await stage.chromium("Cat", { phone: true, locale: "ru-RU" });
    await visit(cat, product, code);
    const catId = await join(cat);
    await isProtected(ann, catId);
    await say(ann, "after");
    await isDelivered(ann);
    await find(cat, "chat-unread");
    await cat.page.locator(testid("control-chat")).tap();
    await reads(cat, ["after"]);
    await stage.picture(cat, "chat_phone");
    const fits = await cat.eval((selector) => {
      const panel = document.querySelector(selector)?.getBoundingClientRect();
      return {
        panel: [panel?.width === innerWidth, panel?.height === innerHeight],
        page: document.documentElement.scrollHeight - innerHeight,
      };
    }, testid("chat-panel"));
    assert.deepEqual(fits, { panel: [true, true], page: 0 });
    await say(cat, "Привет");
    await reads(ann, ["before", "after", "Привет"]);

    await openChat(old);
    await reads(old, []);
  },
);
