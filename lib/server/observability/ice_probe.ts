/** Asks STUN and TURN servers whether they are there and take our credentials. */
import { Buffer } from "node:buffer";
import { createSocket } from "node:dgram";
import type { IceServerStatus } from "../../shared/protocol/admin_operations.ts";
import {
  type Answer,
  type Credentials,
  messageBytes,
  readAnswer,
  type Request,
  request,
} from "./stun.ts";

/** For one address, all questions together. */
const TIMEOUT_MS = 2_000;
const UNAUTHORIZED = 401;
const DEFAULT_PORT = { plain: 3478, tls: 5349 };
const ICE_URL = /^(stun|turn)(s?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/i;

interface Place {
  kind: "stun" | "turn";
  hostname: string;
  port: number;
  transport: "udp" | "tcp" | "tls";
}

/** One way to a server: a question, an answer. */
interface Line extends Disposable {
  ask(question: Request): Promise<Answer>;
}

/** @param credentials for TURN; null: none are configured */
export async function probeIceServer(
  url: string,
  credentials: Credentials | null,
): Promise<IceServerStatus> {
  const place = parse(url);
  const unknown = { url, round_trip_ms: null, authorized: null };
  if (place === null) return { ...unknown, kind: "stun", reachable: null };
  const { kind } = place;
  const late = AbortSignal.timeout(TIMEOUT_MS);
  try {
    using line = await open(place, late);
    const startedAt = performance.now();
    const answer = await line.ask(request(kind === "stun" ? "binding" : "allocate"));
    const round_trip_ms = Math.round((performance.now() - startedAt) * 10) / 10;
    const status = { url, kind, reachable: true, round_trip_ms };
    if (kind === "stun") return { ...status, authorized: null };
    return { ...status, authorized: await isWelcome(line, answer, credentials).catch(() => null) };
  } catch {
    // Whatever the reason: nobody answered in time.
    return { ...unknown, kind, reachable: false };
  }
}

async function isWelcome(line: Line, first: Answer, credentials: Credentials | null) {
  if (first.success) return true;
  if (first.errorCode !== UNAUTHORIZED || first.challenge === null || credentials === null) {
    return false;
  }
  const proof = { ...first.challenge, ...credentials };
  const { success } = await line.ask(request("allocate", { proof }));
  // The port that was just taken is given back.
  if (success) await line.ask(request("refresh", { proof, lifetimeSeconds: 0 }));
  return success;
}

function parse(url: string): Place | null {
  const [, scheme, secure, host, port, transport] = ICE_URL.exec(url) ?? [];
  if (scheme === undefined || host === undefined) return null;
  const tls = secure !== "";
  return {
    kind: scheme.toLowerCase() === "stun" ? "stun" : "turn",
    hostname: host.replace(/^\[(.*)\]$/, "$1"),
    port: Number(port ?? (tls ? DEFAULT_PORT.tls : DEFAULT_PORT.plain)),
    transport: tls ? "tls" : transport === "tcp" ? "tcp" : "udp",
  };
}

function open(place: Place, late: AbortSignal): Promise<Line> {
  return place.transport === "udp"
    ? Promise.resolve(openUdp(place, late))
    : openStream(place, late);
}

function openUdp({ hostname, port }: Place, late: AbortSignal): Line {
  const socket = createSocket(hostname.includes(":") ? "udp6" : "udp4");
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        late.addEventListener("abort", () => reject(late.reason), { once: true });
        socket.once("error", reject);
        socket.on("message", (bytes: Buffer) => {
          const answer = readAnswer(bytes, question);
          if (answer !== null) resolve(answer);
        });
        socket.send(question.bytes, port, hostname, (error) => {
          if (error) reject(error);
        });
      }),
    [Symbol.dispose]: () => {
      socket.on("error", () => {});
      socket.close();
    },
  };
}

async function openStream(place: Place, late: AbortSignal): Promise<Line> {
  const { hostname, port, transport } = place;
  const opening: Promise<Deno.Conn> = transport === "tls"
    ? Deno.connectTls({ hostname, port })
    : Deno.connect({ hostname, port });
  let isLate = false;
  // Comes too late for anybody to close it otherwise.
  opening.then((connection) => isLate && connection.close(), () => {});
  const connection = await abortable(opening, late).catch((error) => {
    isLate = true;
    throw error;
  });
  return {
    ask: async (question) => {
      await abortable(connection.write(question.bytes), late);
      const answer = readAnswer(await abortable(readMessage(connection), late), question);
      if (answer === null) throw new Error("the answer is to another question");
      return answer;
    },
    [Symbol.dispose]: () => connection.close(),
  };
}

async function readMessage(connection: Deno.Conn): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  const chunk = new Uint8Array(2_048);
  while (bytes.length < (messageBytes(bytes) ?? Infinity)) {
    const read = await connection.read(chunk);
    if (read === null) throw new Error("the connection ended");
    bytes = Buffer.concat([bytes, chunk.subarray(0, read)]);
  }
  return bytes;
}

function abortable<T>(work: Promise<T>, late: AbortSignal): Promise<T> {
  // Lost races must not count as unhandled.
  work.catch(() => {});
  return new Promise((resolve, reject) => {
    late.addEventListener("abort", () => reject(late.reason), { once: true });
    work.then(resolve, reject);
  });
}
