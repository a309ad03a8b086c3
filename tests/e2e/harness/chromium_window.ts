/**
 * A window of Chromium as people have it: a tab that is not in front is hidden. Playwright tells
 * every page that it launches that it is in front, always; pages of a browser that was started by
 * somebody else it leaves alone, when asked to.
 */
import { type Browser, chromium, type Page } from "playwright-core";
import { browserPath } from "../../../tools/browsers.ts";
import { until } from "../../fixtures/poll.ts";
import { ChromiumPerson, FAKE_DEVICES, FLAGS } from "./chromium.ts";

export class ChromiumWindow implements AsyncDisposable {
  readonly person: ChromiumPerson;
  readonly #browser: Browser;
  readonly #owned: AsyncDisposableStack;

  private constructor(person: ChromiumPerson, browser: Browser, owned: AsyncDisposableStack) {
    this.person = person;
    this.#browser = browser;
    this.#owned = owned;
  }

  static async open(name: string): Promise<ChromiumWindow> {
    await using owned = new AsyncDisposableStack();
    const profile = await Deno.makeTempDir({ prefix: "videocall-chromium-" });
    // Helpers may hold the profile for a moment longer.
    owned.defer(async () => {
      await until("Chromium's profile is removed", async () => {
        await Deno.remove(profile, { recursive: true });
        return true;
      }, { timeoutMs: 5_000 });
    });
    const child = new Deno.Command(await browserPath("chromium"), {
      args: [...FLAGS, ...FAKE_DEVICES, `--user-data-dir=${profile}`, "--remote-debugging-port=0"],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    owned.defer(async () => {
      try {
        child.kill("SIGKILL");
      } catch (error) {
        if (!(error instanceof TypeError)) throw error; // it has already ended
      }
      await child.status;
    });
    const [port] = await until("Chromium's port", async () => {
      return (await Deno.readTextFile(`${profile}/DevToolsActivePort`)).split("\n");
    }, { timeoutMs: 30_000 });
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, {
      noDefaults: true,
    });
    owned.defer(() => browser.close());
    const context = browser.contexts()[0]!;
    context.setDefaultTimeout(15_000);
    const person = await ChromiumPerson.at(name, await context.newPage());
    return new ChromiumWindow(person, browser, owned.move());
  }

  /** Another tab comes to the front; the person's page is hidden. @returns the other one */
  async coverWithTab(): Promise<Page> {
    const tab = await this.#browser.contexts()[0]!.newPage();
    await tab.bringToFront();
    await this.#becomes("hidden");
    return tab;
  }

  async show(): Promise<void> {
    await this.person.page.bringToFront();
    await this.#becomes("visible");
  }

  async #becomes(state: DocumentVisibilityState): Promise<void> {
    await until(
      `the page of ${this.person.name} is ${state}`,
      async () => await this.person.eval(() => document.visibilityState) === state,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owned.disposeAsync();
  }
}
