/** A person at stock Firefox, over WebDriver BiDi. */
import { BidiConnection } from "./bidi.ts";
import { FirefoxProcess } from "./firefox_process.ts";
import { countNegotiations } from "./negotiation_counter.ts";
import { type Person, type PersonOptions, testid } from "./person.ts";
import { until } from "../../fixtures/poll.ts";

const NEVER_ASK: Record<string, boolean> = {};
/** Fake streams never ask, so a refusal is: no fake streams and no devices. */
const DENY: Record<string, boolean> = {
  "media.navigator.streams.fake": false,
  "media.navigator.permission.disabled": false,
};

interface EvaluateResult {
  type: "success" | "exception";
  result?: { type: string; value?: string };
  exceptionDetails?: { text: string };
}

const BACKSPACE = "\uE003";
const CONTROL = "\uE009";

export class FirefoxPerson implements Person {
  readonly browser = "firefox";
  readonly name: string;
  readonly console: string[] = [];
  readonly #process: FirefoxProcess;
  readonly #bidi: BidiConnection;
  readonly #tab: string;

  private constructor(name: string, process: FirefoxProcess, bidi: BidiConnection, tab: string) {
    this.name = name;
    this.#process = process;
    this.#bidi = bidi;
    this.#tab = tab;
  }

  static async start(name: string, options: PersonOptions = {}): Promise<FirefoxPerson> {
    const process = await FirefoxProcess.start({
      "intl.accept_languages": options.locale ?? "en-US",
      ...(options.denyDevices ? DENY : NEVER_ASK),
    });
    try {
      const bidi = await BidiConnection.open(process.address);
      const tree = await bidi.send<{ contexts: { context: string }[] }>("browsingContext.getTree");
      const tab = tree.contexts[0]?.context ?? "";
      const person = new FirefoxPerson(name, process, bidi, tab);
      await person.#prepare(options);
      return person;
    } catch (error) {
      await process[Symbol.asyncDispose]();
      throw error;
    }
  }

  async #prepare({ viewport = { width: 1280, height: 800 } }: PersonOptions): Promise<void> {
    await this.#bidi.on("log.entryAdded", ({ level, text }) => {
      this.console.push(`${level}: ${text}`);
    });
    await this.#bidi.send("browsingContext.setViewport", { context: this.#tab, viewport });
    await this.#bidi.send("script.addPreloadScript", {
      functionDeclaration: countNegotiations.toString(),
    });
  }

  async open(url: string): Promise<void> {
    await this.#bidi.send("browsingContext.navigate", {
      context: this.#tab,
      url,
      wait: "complete",
    });
  }

  async reload(): Promise<void> {
    await this.#bidi.send("browsingContext.reload", { context: this.#tab, wait: "complete" });
  }

  url(): Promise<string> {
    return this.eval(() => location.href);
  }

  async click(id: string): Promise<void> {
    const { x, y } = await until(`${this.name} can click ${id}`, () => this.eval(aim, testid(id)));
    await this.#act("pointer", [
      { type: "pointerMove", x, y },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ]);
  }

  async type(id: string, text: string): Promise<void> {
    await this.click(id);
    const strokes = [...text].flatMap((key) => stroke(key));
    await this.#act("key", [
      { type: "keyDown", value: CONTROL },
      ...stroke("a"),
      { type: "keyUp", value: CONTROL },
      ...stroke(BACKSPACE),
      ...strokes,
    ]);
  }

  async eval<Result, Arg = undefined>(
    fn: (arg: Arg) => Result | Promise<Result>,
    ...arg: Arg extends undefined ? [] : [Arg]
  ): Promise<Result> {
    const answer = await this.#bidi.send<EvaluateResult>("script.callFunction", {
      functionDeclaration: `async (json) => {
        const arg = json === "" ? undefined : JSON.parse(json);
        try {
          return JSON.stringify({ value: await (${fn.toString()})(arg) });
        } catch (error) {
          return JSON.stringify({ error: String(error) });
        }
      }`,
      arguments: [{ type: "string", value: arg.length === 0 ? "" : JSON.stringify(arg[0]) }],
      target: { context: this.#tab },
      awaitPromise: true,
      userActivation: true,
    });
    if (answer.type === "exception") {
      throw new Error(`in ${this.name}'s page: ${answer.exceptionDetails?.text}`);
    }
    const json = JSON.parse(answer.result?.value ?? "{}");
    if (json.error !== undefined) throw new Error(`in ${this.name}'s page: ${json.error}`);
    return json.value as Result;
  }

  async screenshot(path: string): Promise<void> {
    const { data } = await this.#bidi.send<{ data: string }>("browsingContext.captureScreenshot", {
      context: this.#tab,
    });
    await Deno.writeFile(path, Uint8Array.fromBase64(data));
  }

  async #act(type: "pointer" | "key", actions: unknown[]): Promise<void> {
    const source = { type, id: `test-${type}`, actions };
    await this.#bidi.send("input.performActions", { context: this.#tab, actions: [source] });
    await this.#bidi.send("input.releaseActions", { context: this.#tab });
  }

  async close(): Promise<void> {
    this.#bidi.close();
    await this.#process[Symbol.asyncDispose]();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function stroke(key: string) {
  return [{ type: "keyDown", value: key }, { type: "keyUp", value: key }];
}

/** Middle of the element in the viewport, once a click there would reach it; null before. */
function aim(selector: string): { x: number; y: number } | null {
  const element = document.querySelector(selector);
  if (!element || (element as HTMLButtonElement).disabled) return null;
  element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  const box = element.getBoundingClientRect();
  const x = Math.round(box.x + box.width / 2);
  const y = Math.round(box.y + box.height / 2);
  const hit = document.elementFromPoint(x, y);
  return box.width > 0 && hit && element.contains(hit) ? { x, y } : null;
}
