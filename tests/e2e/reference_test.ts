/** The reference of the API in a browser: complete, at home on a phone, and all from this server. */
import assert from "node:assert/strict";
import { OPERATIONS } from "../../lib/shared/protocol/operations.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { browserTest } from "./harness/stage.ts";

const PAGE = "/api/docs";

async function open(person: ChromiumPerson, origin: string): Promise<void> {
  const foreign: string[] = [];
  person.page.on("request", (request) => {
    if (new URL(request.url()).origin !== origin) foreign.push(request.url());
  });
  await person.open(origin + PAGE);
  await person.page.waitForLoadState("networkidle");
  assert.deepEqual(foreign, []);
  assert.deepEqual(person.complaints, []);
}

browserTest(
  "every operation is there, links lead somewhere, commands are copied",
  async (stage) => {
    const { origin } = await stage.product();
    const ann = await stage.chromium("Ann");
    await open(ann, origin);
    assert.equal(await ann.page.locator('[data-testid="operation"]').count(), OPERATIONS.length);
    const dangling = await ann.eval(() =>
      [...document.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')]
        .map((link) => link.hash.slice(1)).filter((id) => document.getElementById(id) === null)
    );
    assert.deepEqual(dangling, []);
    const ids = await ann.eval(() => [...document.querySelectorAll("[id]")].map(({ id }) => id));
    assert.deepEqual(ids.filter((id, index) => ids.indexOf(id) !== index), []);

    await ann.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const sample = ann.page.locator("#createRoom figure").first();
    await sample.getByRole("button", { name: "Copy" }).click();
    await ann.page.getByRole("status").getByText("Copied").waitFor();
    const copied = await ann.eval(() => navigator.clipboard.readText());
    assert.equal(copied, await sample.locator("code").textContent());
    assert.match(copied, /^curl -X POST "\$BASE\/video\/rooms"/);
    await stage.picture(ann, "reference");
  },
);

browserTest("on a phone, in Russian", async (stage) => {
  const { origin } = await stage.product();
  const anna = await stage.chromium("Anna", { phone: true, locale: "ru-RU", dark: true });
  await open(anna, origin);
  assert.equal(await anna.page.getByRole("heading", { level: 1 }).textContent(), "Справочник API");
  const [content, width] = await anna.eval(() => [document.body.scrollWidth, innerWidth]);
  assert.ok(content! <= width!, `${content} is wider than ${width}`);
  await anna.page.getByRole("navigation").getByText("Содержание").tap();
  await anna.page.getByRole("navigation").getByRole("link", { name: "Create a room" }).tap();
  await anna.page.waitForFunction(() => {
    const top = document.querySelector("#createRoom")!.getBoundingClientRect().top;
    return top >= 0 && top < 100;
  });
  await stage.picture(anna, "reference_phone");
  await anna.click("language-switch");
  await anna.page.getByRole("heading", { level: 1, name: "API reference" }).waitFor();
});
