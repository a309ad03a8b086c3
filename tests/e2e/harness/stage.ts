/**
 * One browser test: a stage that starts people and servers, ends all of them whatever happens, and
 * keeps screenshots, browser consoles and the server's log of a test that failed.
 */
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { ChromiumPerson, launchChromium } from "./chromium.ts";
import { FirefoxPerson } from "./firefox.ts";
import type { Person, PersonOptions } from "./person.ts";
import { within } from "../../fixtures/poll.ts";
import { Product } from "../../fixtures/product.ts";

/** Where pictures and evidence go; printed when a test fails. */
export const ARTIFACTS = Deno.env.get("TEST_ARTIFACTS") ||
  join(Deno.env.get("TMPDIR") || "/tmp", "videocall-test-artifacts");

export class Stage implements AsyncDisposable {
  readonly #name: string;
  readonly #owned = new AsyncDisposableStack();
  readonly #people: Person[] = [];
  readonly #products: Product[] = [];
  #chromium: Promise<Browser> | null = null;

  constructor(name: string) {
    this.#name = name;
  }

  async product(environment: Record<string, string> = {}): Promise<Product> {
    const product = this.#owned.use(await Product.start(environment));
    this.#products.push(product);
    return product;
  }

  async chromium(name: string, options: PersonOptions = {}): Promise<ChromiumPerson> {
    const browser = options.denyDevices
      ? this.#owned.adopt(await launchChromium({ denyDevices: true }), (b) => b.close())
      : await this.#sharedChromium();
    return this.#enter(await ChromiumPerson.start(name, browser, options));
  }

  async firefox(name: string, options: PersonOptions = {}): Promise<FirefoxPerson> {
    return this.#enter(await FirefoxPerson.start(name, options));
  }

  #sharedChromium(): Promise<Browser> {
    this.#chromium ??= launchChromium().then((browser) =>
      this.#owned.adopt(browser, (open) => open.close())
    );
    return this.#chromium;
  }

  /** Whatever it is, it ends with the stage, and before all that was there earlier. */
  own<Thing extends AsyncDisposable>(thing: Thing): Thing {
    return this.#owned.use(thing);
  }

  /** A server that was started elsewhere: its log is kept as evidence. */
  watch(product: Product): void {
    this.#products.push(product);
  }

  /** Somebody at a browser that was started elsewhere. */
  admit<Someone extends Person>(person: Someone): Someone {
    return this.#enter(person);
  }

  #enter<Someone extends Person>(person: Someone): Someone {
    this.#people.push(this.#owned.use(person));
    return person;
  }

  /** A picture worth looking at, by name. */
  async picture(person: Person, label: string): Promise<void> {
    await Deno.mkdir(ARTIFACTS, { recursive: true });
    await person.screenshot(join(ARTIFACTS, `${label}.png`));
  }

  /** Everything that helps to understand a failure, in a directory of its own. */
  async keepEvidence(): Promise<string> {
    const directory = join(ARTIFACTS, this.#name.replace(/[^a-z0-9]+/gi, "_"));
    await Deno.mkdir(directory, { recursive: true });
    for (const person of this.#people) {
      const path = join(directory, person.name);
      const url = await within("url", 3_000, person.url()).catch((error) => String(error));
      await Deno.writeTextFile(`${path}.log`, [url, ...person.console].join("\n") + "\n");
      await within("picture", 5_000, person.screenshot(`${path}.png`)).catch((error) =>
        console.log(`no picture of ${person.name}: ${error}`)
      );
    }
    for (const [index, product] of this.#products.entries()) {
      await Deno.writeTextFile(join(directory, `server_${index}.log`), product.log.join("\n"));
    }
    return directory;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owned.disposeAsync();
  }
}

/**
 * Registers a browser test. Browsers hold processes and sockets of their own, so Deno's leak
 * checks are off; the stage ends what it started.
 */
export function browserTest(
  name: string,
  body: (stage: Stage) => Promise<void>,
  { timeoutMs = 90_000 }: { timeoutMs?: number } = {},
): void {
  Deno.test({
    name,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      await using stage = new Stage(name);
      try {
        await within(name, timeoutMs, body(stage));
      } catch (error) {
        console.log(`evidence: ${await stage.keepEvidence()}`);
        throw error;
      }
    },
  });
}
