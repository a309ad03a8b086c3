/**
 * The hub as a relay, beside a relay that does nothing else (`floor/relay.ts`): processor time per
 * message at a steady rate, delay, and messages a second flat out. The product checks and limits
 * everything as in life; so many people take part that nobody meets the limit of messages a second.
 *
 *     deno task bench:relay [people]
 */
import { fileURLToPath } from "node:url";
import { Product } from "../tests/fixtures/product.ts";
import { buildIfStale } from "../tools/start.ts";
import { FloorServer } from "./floor_server.ts";
import type { Orders, Seat, Step } from "./relay_load.ts";
import { floorSeats, productSeats } from "./relay_seats.ts";
import { printTable } from "./report.ts";

/** At 50 messages a second each: more than any relay here passes on. */
const DEFAULT_PEOPLE = 1_600;
const LOAD: Omit<Orders, "seats"> = { pacedPerSecond: 1_000, pacedSeconds: 5, flatOutSeconds: 8 };

/** Processor time of the process so far, in seconds (proc(5): fields 14 and 15, 100 a second). */
async function processorSeconds(pid: number): Promise<number> {
  const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Memory in use, in KiB. */
async function residentKib(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? NaN);
}

interface Result {
  microsPerMessage: number;
  flatOutPerSecond: number;
  flatOutMicros: number;
  p50Ms: number;
  p99Ms: number;
  kibPerSocket: number;
}

async function measure(pid: number, seats: Seat[]): Promise<Result> {
  const idleKib = await residentKib(pid);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", fileURLToPath(new URL("relay_load.ts", import.meta.url))],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const say = (line: string) => writer.write(new TextEncoder().encode(line + "\n"));
  const costs = new Map<Step["step"], Step & { micros: number }>();
  let kibPerSocket = NaN;
  try {
    await say(JSON.stringify({ ...LOAD, seats } satisfies Orders));
    let before = 0;
    for await (const line of lines(child.stdout)) {
      const step: Step = JSON.parse(line);
      const now = await processorSeconds(pid);
      costs.set(step.step, { ...step, micros: (now - before) * 1e6 / step.messages });
      if (step.step === "connected") {
        kibPerSocket = (await residentKib(pid) - idleKib) / seats.length;
      }
      before = now;
      await say("");
      if (step.step === "flat out") break;
    }
    if (!costs.has("flat out")) throw new Error("the load ended early: too few people, or a bug");
  } finally {
    child.kill("SIGKILL");
    await child.status;
  }
  const paced = costs.get("paced");
  const flat = costs.get("flat out");
  return {
    microsPerMessage: paced?.micros ?? NaN,
    flatOutPerSecond: (flat?.messages ?? NaN) / (flat?.seconds ?? NaN),
    flatOutMicros: flat?.micros ?? NaN,
    p50Ms: paced?.p50Ms ?? NaN,
    p99Ms: paced?.p99Ms ?? NaN,
    kibPerSocket,
  };
}

async function* lines(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
}

if (import.meta.main) {
  await buildIfStale();
  const people = Number(Deno.args[0] ?? DEFAULT_PEOPLE);
  const floor = await (async () => {
    await using server = await FloorServer.start();
    return await measure(server.child.pid, floorSeats(server.port, people));
  })();
  await using product = await Product.start({
    TRUSTED_PROXIES: "127.0.0.1",
    JOIN_GRACE_SECONDS: "600",
    LOG_LEVEL: "error",
  });
  console.log(`Seating ${people} people …`);
  const seats = await productSeats(product.origin, people);
  const ours = await measure(product.pid, seats);
  const row = (name: string, key: keyof Result, digits: number) => [
    name,
    floor[key].toFixed(digits),
    ours[key].toFixed(digits),
    (ours[key] / floor[key]).toFixed(2),
  ];
  console.log();
  printTable(["", "bare relay", "product", "ratio"], [
    row("processor µs a message, 1000/s", "microsPerMessage", 1),
    row("delay median, ms", "p50Ms", 2),
    row("delay 99 %, ms", "p99Ms", 2),
    row("messages/s, flat out", "flatOutPerSecond", 0),
    row("processor µs a message, flat out", "flatOutMicros", 1),
    row("memory a socket, KiB", "kibPerSocket", 1),
  ]);
}
