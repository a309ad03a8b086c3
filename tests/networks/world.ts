/**
 * A small internet: the product, coturn, and people at home behind routers, each in a network
 * namespace of its own. Packets between them travel through one process that can lose, delay,
 * narrow and cut (`internet_process.ts`).
 *
 *     Ann ── router ─┐             ┌─ product
 *     Ben ── router ─┤─ internet ──┤
 *     …              ┘             └─ coturn
 */
import { join } from "node:path";
import { browserPath } from "../../tools/browsers.ts";
import { ChromiumPerson, launchChromium } from "../e2e/harness/chromium.ts";
import type { Stage } from "../e2e/harness/stage.ts";
import { Product } from "../fixtures/product.ts";
import { Home, type HomeOptions } from "./home.ts";
import { Internet, type SubscriberLine } from "./internet.ts";
import { Namespace } from "./namespace.ts";
import { TURN_SECRET, TurnServer } from "./turn_server.ts";

/** Addresses for documentation (RFC 5737): public, and nobody's. */
const SERVER_ADDRESS = "203.0.113.10";
export const TURN_ADDRESS = "203.0.113.20";
const FIRST_HOME = 101;
const SERVER_PORT = 8_000;
/** One way over one line: 40 ms there and back between two homes, as within a country. */
const LINE_DELAY_MS = 10;

export interface WorldOptions {
  homes: readonly HomeOptions[];
  /** Which ways to the relay the server tells people; none: it has no relay. */
  relay?: readonly ("udp" | "tcp")[];
  /** The server's idea of the relay's secret. */
  secret?: string;
}

export class World implements AsyncDisposable {
  readonly product: Product;
  readonly turn: TurnServer;
  readonly homes: readonly Home[];
  readonly #owned: AsyncDisposableStack;
  readonly #stage: Stage;
  #lastHome: number;

  private constructor(
    stage: Stage,
    owned: AsyncDisposableStack,
    parts: { product: Product; turn: TurnServer; homes: readonly Home[] },
  ) {
    this.#stage = stage;
    this.#owned = owned;
    this.product = parts.product;
    this.turn = parts.turn;
    this.homes = parts.homes;
    this.#lastHome = FIRST_HOME + parts.homes.length;
  }

  static async build(stage: Stage, options: WorldOptions): Promise<World> {
    await using owned = new AsyncDisposableStack();
    const internet = owned.use(await Internet.start(options.homes.length + 2));
    const [turn, product] = await Promise.all([
      startTurn(internet, owned),
      startProduct(internet, owned, options),
    ]);
    const homes = await Promise.all(options.homes.map(async (home, index) => {
      const built = owned.use(await Home.build(internet, addressOf(FIRST_HOME + index), home));
      await setOut(built.line);
      return built;
    }));
    stage.watch(product);
    return stage.own(new World(stage, owned.move(), { product, turn, homes }));
  }

  /** Somebody at home, with a browser of their own. */
  async person(name: string, home: Home): Promise<ChromiumPerson> {
    const { origin } = this.product;
    const launcher = await this.#launcherInto(home.device);
    const browser = this.#stage.own(await launchChromium({ launcher, trusted: origin }));
    return this.#stage.admit(await ChromiumPerson.start(name, browser));
  }

  /** A public address that nobody has had. */
  newAddress(): string {
    return addressOf(this.#lastHome++);
  }

  /** Playwright starts programs, not commands. */
  async #launcherInto(namespace: Namespace): Promise<string> {
    const directory = await Deno.makeTempDir({ prefix: "videocall-browser-" });
    this.#owned.defer(() => Deno.remove(directory, { recursive: true }));
    const path = join(directory, "chromium");
    const words = [...namespace.entry, await browserPath("chromium")];
    const script = `#!/bin/sh\nexec ${words.map((word) => `'${word}'`).join(" ")} "$@"\n`;
    await Deno.writeTextFile(path, script, { mode: 0o755 });
    return path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owned.disposeAsync();
  }
}

function addressOf(last: number): string {
  return `203.0.113.${last}`;
}

/** An ordinary day. */
export const FAIR = { out: { delayMs: LINE_DELAY_MS }, in: { delayMs: LINE_DELAY_MS } };

async function setOut(line: SubscriberLine): Promise<void> {
  await line.weather(FAIR);
}

async function startTurn(internet: Internet, owned: AsyncDisposableStack): Promise<TurnServer> {
  const place = owned.use(await Namespace.make());
  await internet.connect(place, TURN_ADDRESS);
  return owned.use(await TurnServer.start(place, TURN_ADDRESS));
}

async function startProduct(
  internet: Internet,
  owned: AsyncDisposableStack,
  { relay = [], secret = TURN_SECRET }: WorldOptions,
): Promise<Product> {
  const place = owned.use(await Namespace.make());
  await internet.connect(place, SERVER_ADDRESS);
  const origin = `http://${SERVER_ADDRESS}:${SERVER_PORT}`;
  const turnUrls = relay.map((transport) => `turn:${TURN_ADDRESS}:3478?transport=${transport}`);
  const environment = {
    HOST: SERVER_ADDRESS,
    PORT: String(SERVER_PORT),
    PUBLIC_URL: origin,
    WEBRTC_STUN_SERVERS: `stun:${TURN_ADDRESS}:3478`,
    WEBRTC_TURN_SERVERS: turnUrls.join(","),
    WEBRTC_TURN_SECRET: secret,
  };
  const entry = [...place.entry, "setpriv", "--pdeathsig", "KILL", "--"];
  return owned.use(await Product.start(environment, { origin, entry }));
}
