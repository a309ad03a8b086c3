/** A person at Chromium. All people of one test share a browser process, each with its own profile. */
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { browserPath } from "../../../tools/browsers.ts";
import { countNegotiations } from "./negotiation_counter.ts";
import { type Person, type PersonOptions, testid } from "./person.ts";

export const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A camera that shows a moving picture and a microphone that beeps, without a question. */
export const FAKE_DEVICES = [
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--auto-select-desktop-capture-source=Entire screen",
];

const NO_DEVICES = [
  "--use-fake-device-for-media-stream=device-count=0",
  "--deny-permission-prompts",
];

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };

export interface ChromiumOptions {
  denyDevices?: boolean;
  /** A program that starts Chromium somewhere else, with the flags it is given. */
  launcher?: string;
  /** An origin that counts as secure without https. */
  trusted?: string;
}

export async function launchChromium(
  { denyDevices = false, launcher, trusted }: ChromiumOptions = {},
): Promise<Browser> {
  return await chromium.launch({
    executablePath: launcher ?? await browserPath("chromium"),
    args: [
      ...FLAGS,
      ...(denyDevices ? NO_DEVICES : FAKE_DEVICES),
      ...(trusted === undefined ? [] : [`--unsafely-treat-insecure-origin-as-secure=${trusted}`]),
    ],
  });
}

export class ChromiumPerson implements Person {
  readonly browser = "chromium";
  readonly name: string;
  readonly console: string[] = [];
  /** For what only Chromium's tests do: routes, touch, keyboard. */
  readonly page: Page;
  readonly #context: BrowserContext;

  private constructor(name: string, context: BrowserContext, page: Page) {
    this.name = name;
    this.#context = context;
    this.page = page;
    page.on("console", (message) => this.console.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => this.console.push(`uncaught: ${error.message}`));
  }

  static async start(
    name: string,
    browser: Browser,
    { viewport, locale = "en-US", phone = false, dark = false }: PersonOptions = {},
  ): Promise<ChromiumPerson> {
    const context = await browser.newContext({
      viewport: viewport ?? (phone ? PHONE : DESKTOP),
      locale,
      hasTouch: phone,
      isMobile: phone,
      colorScheme: dark ? "dark" : "light",
    });
    context.setDefaultTimeout(15_000);
    await context.addInitScript(countNegotiations);
    return new ChromiumPerson(name, context, await context.newPage());
  }

  /** At a page that was opened elsewhere. */
  static async at(name: string, page: Page): Promise<ChromiumPerson> {
    await page.context().addInitScript(countNegotiations);
    return new ChromiumPerson(name, page.context(), page);
  }

  /** Errors and warnings only: broken scripts, blocked content, failed requests. */
  get complaints(): string[] {
    return this.console.filter((line) => /^(error|warning|uncaught):/.test(line));
  }

  /** Another tab of the same browser: same cookies, separate page. */
  async secondTab(): Promise<ChromiumPerson> {
    return new ChromiumPerson(`${this.name}_2`, this.#context, await this.#context.newPage());
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  url(): Promise<string> {
    return Promise.resolve(this.page.url());
  }

  async click(id: string): Promise<void> {
    await this.page.locator(testid(id)).click();
  }

  async type(id: string, text: string): Promise<void> {
    const field = this.page.locator(testid(id));
    await field.fill("");
    await field.pressSequentially(text);
  }

  eval<Result, Arg = undefined>(
    fn: (arg: Arg) => Result | Promise<Result>,
    ...arg: Arg extends undefined ? [] : [Arg]
  ): Promise<Result> {
    // Playwright's own types unwrap handles in the argument; here it is plain JSON.
    type Evaluate = (fn: (arg: Arg) => Result | Promise<Result>, arg?: Arg) => Promise<Result>;
    return (this.page.evaluate.bind(this.page) as unknown as Evaluate)(fn, arg[0]);
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
