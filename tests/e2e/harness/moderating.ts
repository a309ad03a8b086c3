/** What hosts do with people, in the words of the product's stable hooks (docs/testing.md). */
import type { Api } from "../../fixtures/api.ts";
import { until } from "../../fixtures/poll.ts";
import type { Product } from "../../fixtures/product.ts";
import type { ChromiumPerson } from "./chromium.ts";
import { testid } from "./person.ts";
import { find } from "./walks.ts";

/** The browser is signed in as whom the program is signed in as: one person, two hands. */
export async function become(person: ChromiumPerson, product: Product, who: Api): Promise<void> {
  const cookie = { name: "vc_session", value: who.token, url: product.origin };
  await person.page.context().addCookies([cookie]);
}

/** Opens the menu on somebody's tile and presses one entry: two taps. */
export async function act(host: ChromiumPerson, id: number, action: string): Promise<void> {
  await host.page.locator(`${testid("tile-more")}[data-participant-id="${id}"]`).first().click();
  await host.click(`action-${action}`);
}

/** The same for what asks once more. */
export async function actForSure(host: ChromiumPerson, id: number, action: string) {
  await act(host, id, action);
  await host.click("confirm");
}

/** Waits for a notice that says this; the words are the product's, so tests name only their gist. */
export async function readsNotice(person: ChromiumPerson, gist: RegExp): Promise<void> {
  await person.page.locator(testid("moderation-notice")).filter({ hasText: gist }).first()
    .waitFor();
}

/** Text of the page that follows a call; waits for it. */
export async function endPage(person: ChromiumPerson): Promise<{ reason: string; text: string }> {
  await find(person, "call-ended");
  const page = person.page.locator(testid("call-ended"));
  return {
    reason: await page.getAttribute("data-reason") ?? "",
    text: await page.innerText(),
  };
}

/** Participant ids of everyone in the open people panel, in order. */
export function rowsOf(person: ChromiumPerson): Promise<number[]> {
  return person.eval(
    (selector) =>
      [...document.querySelectorAll<HTMLElement>(selector)].map((row) =>
        Number(row.dataset.participantId)
      ),
    testid("person-row"),
  );
}

/** Waits until the control has this accessible name. */
export async function controlReads(person: ChromiumPerson, id: string, name: RegExp) {
  await until(`${id} of ${person.name} reads ${name}`, async () => {
    const label = await person.page.locator(testid(id)).getAttribute("aria-label");
    return label !== null && name.test(label);
  });
}
