/**
 * The people for `relay.ts`, in a process of their own so that the server's time is only the
 * server's. Reads its orders from stdin as one line of JSON; writes one line of JSON per step, and
 * waits for a line on stdin after each, so that the other side can look at the clock.
 */
import { quantile } from "./report.ts";

export interface Seat {
  url: string;
  protocols: string[];
  /** Client address that the server is to believe. */
  address: string;
  /** Seats of one room, two by two, talk to each other. */
  room: string;
}

export interface Orders {
  seats: Seat[];
  pacedPerSecond: number;
  pacedSeconds: number;
  flatOutSeconds: number;
}

export interface Step {
  step: "connected" | "paced" | "flat out" | "idle";
  messages: number;
  seconds: number;
  p50Ms?: number;
  p99Ms?: number;
}

interface Member {
  socket: WebSocket;
  id: number;
  peer: number;
}

/** A real candidate: what a call sends most, checked by the product in every field. */
const CANDIDATE = {
  candidate: "candidate:842163049 1 udp 1677729535 203.0.113.9 46154 typ srflx raddr 0.0.0.0 " +
    "rport 0 generation 0 ufrag EEtu network-id 1 network-cost 10",
  sdpMid: "0",
  sdpMLineIndex: 0,
  usernameFragment: "EEtu",
};

interface Received {
  type: string;
  id?: number;
  data: { self?: { participant_id: number }; sent?: number };
}

let onCandidate: (member: Member, sentMs: number) => void = () => {};

function send(member: Member): void {
  member.socket.send(JSON.stringify({
    type: "ice-candidate",
    to: member.peer,
    data: { ...CANDIDATE, sent: performance.now() },
  }));
}

/** Resolves when the server has said who this is. */
function connect({ url, protocols, address }: Seat): Promise<Member> {
  return new Promise((resolve, reject) => {
    const headers = { "x-forwarded-for": address };
    // Deno's own addition, not in the DOM types: headers of the handshake.
    const options = { protocols, headers } as unknown as string[];
    const socket = new WebSocket(url, options);
    const member: Member = { socket, id: 0, peer: 0 };
    socket.onerror = () => reject(new Error(`${url} failed`));
    // In mid-run this ends the process: a number from fewer people would mean nothing.
    socket.onclose = ({ code }) => {
      reject(new Error(`${url} closed with ${code}`));
      if (member.id !== 0) throw new Error(`a socket was closed in mid-run with ${code}`);
    };
    socket.onmessage = (event) => {
      const { type, id, data } = JSON.parse(event.data) as Received;
      if (type === "ice-candidate") return onCandidate(member, data.sent ?? 0);
      if (type !== "hello" && type !== "room_state") return;
      member.id = data.self?.participant_id ?? id ?? 0;
      resolve(member);
    };
  });
}

async function connectAll(seats: readonly Seat[]): Promise<Member[]> {
  const members: Member[] = [];
  const waiting = new Map<string, Member>();
  for (const seat of seats) {
    const member = await connect(seat);
    members.push(member);
    const other = waiting.get(seat.room);
    if (!other) {
      waiting.set(seat.room, member);
      continue;
    }
    waiting.delete(seat.room);
    member.peer = other.id;
    other.peer = member.id;
  }
  return members;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A steady, low rate: what one message costs, and how long it takes, when nothing queues. */
async function paced(members: readonly Member[], orders: Orders): Promise<Step> {
  const delays: number[] = [];
  onCandidate = (_, sentMs) => delays.push(performance.now() - sentMs);
  const begin = performance.now();
  let sent = 0;
  while (true) {
    const elapsed = performance.now() - begin;
    if (elapsed > orders.pacedSeconds * 1000) break;
    for (; sent < elapsed / 1000 * orders.pacedPerSecond; sent++) {
      const member = members[sent % members.length];
      if (member) send(member);
    }
    await pause(2);
  }
  await pause(100);
  const [p50Ms, p99Ms] = [quantile(delays, 0.5), quantile(delays, 0.99)];
  return { step: "paced", messages: delays.length, seconds: orders.pacedSeconds, p50Ms, p99Ms };
}

/** Every pair keeps one message in flight: as fast as the server passes them on. */
async function flatOut(members: readonly Member[], seconds: number): Promise<Step> {
  let messages = 0;
  let running = true;
  onCandidate = (member) => {
    messages++;
    if (running) send(member);
  };
  const begin = performance.now();
  members.forEach((member, index) => index % 2 === 0 && send(member));
  await pause(seconds * 1000);
  running = false;
  return { step: "flat out", messages, seconds: (performance.now() - begin) / 1000 };
}

async function main(): Promise<void> {
  const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream()).getReader();
  let buffered = "";
  const nextLine = async () => {
    while (!buffered.includes("\n")) {
      const { value, done } = await lines.read();
      if (done) throw new Error("nobody gives orders any more");
      buffered += value;
    }
    const end = buffered.indexOf("\n");
    const line = buffered.slice(0, end);
    buffered = buffered.slice(end + 1);
    return line;
  };
  const report = async (step: Step) => {
    console.log(JSON.stringify(step));
    await nextLine();
  };
  const orders: Orders = JSON.parse(await nextLine());
  const members = await connectAll(orders.seats);
  await pause(500);
  await report({ step: "connected", messages: 0, seconds: 0 });
  await report(await paced(members, orders));
  await report({ step: "idle", messages: 0, seconds: 0 });
  await report(await flatOut(members, orders.flatOutSeconds));
  Deno.exit(0);
}

if (import.meta.main) await main();
