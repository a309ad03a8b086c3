/** From signing in to leaving without a mouse: only Tab, Enter, Space and letters. */
import assert from "node:assert/strict";
import { ACCESS_PASSWORD } from "../fixtures/product.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { browserTest } from "./harness/stage.ts";
import { find, inCall } from "./harness/walks.ts";

const MAX_TABS = 40;

/** Presses Tab until the element has the focus, and checks that the focus can be seen. */
async function tabTo(person: ChromiumPerson, id: string): Promise<void> {
  for (let i = 0; i < MAX_TABS; i++) {
    const focused = await person.eval(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element) return { id: "", visible: false };
      const style = getComputedStyle(element);
      const ring = style.outlineStyle !== "none" && style.outlineWidth !== "0px";
      return { id: element.dataset.testid ?? "", visible: ring || style.boxShadow !== "none" };
    });
    if (focused.id === id) {
      assert.ok(focused.visible, `the focus on ${id} cannot be seen`);
      return;
    }
    await person.page.keyboard.press("Tab");
  }
  assert.fail(`${id} is not reached with ${MAX_TABS} tabs`);
}

browserTest("the whole way by keyboard", async (stage) => {
  const product = await stage.product();
  const ann = await stage.chromium("Ann");
  const keys = ann.page.keyboard;
  await ann.open(`${product.origin}/`);
  await find(ann, "signin-form");
  await tabTo(ann, "signin-name");
  await keys.type("Ann");
  await tabTo(ann, "signin-password");
  await keys.type(ACCESS_PASSWORD);
  await keys.press("Enter");
  await find(ann, "create-room-form");
  await tabTo(ann, "create-room-name");
  await keys.type("By keyboard");
  await keys.press("Enter");
  await find(ann, "lobby");
  await tabTo(ann, "lobby-join");
  await keys.press("Enter");
  await inCall(ann);
  await ann.page.getByRole("button", { name: "Mute microphone" }).waitFor();
  await tabTo(ann, "control-mic");
  await keys.press("Space");
  await ann.page.getByRole("button", { name: "Unmute microphone" }).waitFor();
  await tabTo(ann, "control-share");
  await keys.press("Enter");
  await find(ann, "share-link");
  await keys.press("Escape");
  await ann.page.locator('[data-testid="share-dialog"]').waitFor({ state: "detached" });
  await tabTo(ann, "control-leave");
  await keys.press("Enter");
  await find(ann, "call-ended");
});
