/** Lines between namespaces, with weather on them: the handle of `internet_process.ts`. */
import { fileURLToPath } from "node:url";
import { within } from "../fixtures/poll.ts";
import { Namespace } from "./namespace.ts";
import type { Weather } from "./weather.ts";

/** What the process is told; what is left out stays as it is. */
export interface Order {
  line: number;
  /** All that are reached over this line. */
  addresses?: readonly string[];
  /** From the subscriber into the internet, and back. */
  out?: Weather;
  in?: Weather;
}

const PROGRAM = fileURLToPath(new URL("internet_process.ts", import.meta.url));
/** Smaller than an Ethernet frame, as on most access lines: what does not fit shows up here. */
export const LINE_MTU = 1_400;
const ANSWER_TIMEOUT_MS = 10_000;

/** Where a line ends: `wan` in the subscriber's namespace. */
export class SubscriberLine {
  readonly #order: (order: Omit<Order, "line">) => Promise<void>;
  readonly #end: Namespace;

  constructor(end: Namespace, order: (order: Omit<Order, "line">) => Promise<void>) {
    this.#end = end;
    this.#order = order;
  }

  /** The subscriber has this address from now on, and no other. */
  async readdress(address: string): Promise<void> {
    await this.#order({ addresses: [address] });
    await this.#end.ip(
      "address flush dev wan",
      `address add ${address}/32 dev wan`,
      `link set wan mtu ${LINE_MTU} up`,
      "route replace default dev wan",
    );
  }

  weather(weather: { out?: Weather; in?: Weather }): Promise<void> {
    return this.#order(weather);
  }

  /** Nothing goes in or out, and nobody is told. */
  cut(): Promise<void> {
    return this.#order({ out: { cut: true }, in: { cut: true } });
  }
}

export class Internet implements AsyncDisposable {
  readonly #namespace: Namespace;
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #answers: ReadableStreamDefaultReader<string>;
  #turn: Promise<unknown> = Promise.resolve();
  #lines = 0;

  private constructor(namespace: Namespace, child: Deno.ChildProcess) {
    this.#namespace = namespace;
    this.#child = child;
    this.#writer = child.stdin.getWriter();
    this.#answers = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  static async start(lines: number): Promise<Internet> {
    const namespace = await Namespace.make();
    const names = Array.from({ length: lines }, (_, line) => `tun${line}`);
    const words = [Deno.execPath(), "run", "--no-config", "--allow-ffi", PROGRAM, ...names];
    const child = namespace.spawn(words);
    const internet = new Internet(namespace, child);
    const { value } = await internet.#answers.read();
    if (value?.trim() === "ready") return internet;
    const complaint = await new Response(child.stderr).text();
    await internet[Symbol.asyncDispose]();
    throw new Error(`the middle of the network did not start: ${complaint}`);
  }

  /** A line to this namespace, where it is called `wan`. */
  async connect(end: Namespace, address: string): Promise<SubscriberLine> {
    const line = this.#lines++;
    await this.#namespace.ip(`link set tun${line} name wan netns ${end.pid}`);
    const subscriber = new SubscriberLine(end, (order) => this.#order({ ...order, line }));
    await subscriber.readdress(address);
    return subscriber;
  }

  /** One after another: each is acknowledged before the next is given. */
  #order(order: Order): Promise<void> {
    const done = this.#turn.then(async () => {
      await this.#writer.write(new TextEncoder().encode(JSON.stringify(order) + "\n"));
      const { value } = await within("an order", ANSWER_TIMEOUT_MS, this.#answers.read());
      if (value === undefined) throw new Error("the middle of the network is gone");
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer.close().catch(() => undefined); // it is gone already
    await this.#child.status;
    await this.#answers.cancel();
    await this.#child.stderr.cancel().catch(() => undefined); // its complaint was read
    await this.#namespace[Symbol.asyncDispose]();
  }
}
