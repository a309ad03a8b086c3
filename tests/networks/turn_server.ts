/** coturn, with the flags of `compose.yaml`: what is tested is what people run. */
import { join } from "node:path";
import { until } from "../fixtures/poll.ts";
import type { Namespace } from "./namespace.ts";

export const TURN_SECRET = "one-secret-for-both-ends";
const REALM = "call.example.com";
const COMPOSE = new URL("../../compose.yaml", import.meta.url);

/** The flags in the command of the `turn` service, secrets filled in. */
async function composeFlags(): Promise<string[]> {
  const [, service = ""] = (await Deno.readTextFile(COMPOSE)).split(/^ {2}turn:$/m);
  const flags = [...service.matchAll(/^ {6}- (--\S+)$/gm)].map(([, flag = ""]) => flag);
  if (flags.length === 0) throw new Error("compose.yaml has no command for coturn");
  return flags.map((flag) =>
    flag.replace(/\$\{WEBRTC_TURN_SECRET[^}]*\}/, TURN_SECRET)
      .replace(/\$\{DOMAIN_NAME[^}]*\}/, REALM)
  );
}

/** A user of the relay and its password, as the product makes them, until a time in seconds. */
export async function relayUser(
  expires: number,
): Promise<{ username: string; credential: string }> {
  const username = `${Math.floor(expires)}:1`;
  const bytes = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-1" };
  const secret = bytes.encode(TURN_SECRET);
  const key = await crypto.subtle.importKey("raw", secret, algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, bytes.encode(username));
  return { username, credential: new Uint8Array(signature).toBase64() };
}

export class TurnServer implements AsyncDisposable {
  readonly log: string[] = [];
  readonly #child: Deno.ChildProcess;
  readonly #directory: string;
  readonly #reading: Promise<void>[];

  private constructor(child: Deno.ChildProcess, directory: string) {
    this.#child = child;
    this.#directory = directory;
    this.#reading = [child.stdout, child.stderr].map((stream) => this.#keep(stream));
  }

  static async start(place: Namespace, address: string): Promise<TurnServer> {
    const directory = await Deno.makeTempDir({ prefix: "videocall-turn-" });
    const child = place.spawn([
      "turnserver",
      "-n",
      "--verbose",
      `--listening-ip=${address}`,
      `--relay-ip=${address}`,
      `--userdb=${join(directory, "turndb")}`,
      `--pidfile=${join(directory, "pid")}`,
      "--log-file=stdout",
      ...await composeFlags(),
    ]);
    const server = new TurnServer(child, directory);
    const listens = (kind: string) =>
      server.log.some((line) => line.includes(`${kind} listener opened on`));
    await until("coturn listens", () => listens("UDP") && listens("TCP"), { timeoutMs: 20_000 });
    return server;
  }

  async #keep(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      this.log.push(...text.split("\n").filter((line) => line !== ""));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has already ended
    }
    await this.#child.stdin.close().catch(() => undefined);
    await this.#child.status;
    await Promise.all(this.#reading);
    await Deno.remove(this.#directory, { recursive: true });
  }
}
