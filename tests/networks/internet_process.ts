/**
 * The middle of the test network, a program of its own: one tun interface per line, packets go from
 * one to another by their IPv4 destination, each through the weather of the line they leave and of
 * the line they enter. A kernel's own impairment (`tc netem`) is missing from many machines.
 *
 *     deno run -A internet_process.ts tun0 tun1 …
 *
 * Answers `ready`, then one line per order on standard input; ends with it. One blocking loop over
 * poll(2): timers of an event loop would be late by more than what is measured here.
 */
import type { Order } from "./internet.ts";
import { Stretch } from "./weather.ts";

const O_RDWR_NONBLOCK = 0o2 | 0o4000;
const TUNSETIFF = 0x400454ca;
const IFF_TUN_NO_PI = 0x1001;
const POLLIN = 1;
const POLLHUP = 16;
const POLLFD_OCTETS = 8;
const IFREQ_OCTETS = 40;
const IFREQ_FLAGS_AT = 16;
const MAX_PACKET_OCTETS = 2_048;
/** Packets of one line before the others have their turn. */
const MAX_BURST = 64;
const LONGEST_WAIT_MS = 1_000;
const STDIN = 0;

const { symbols: libc } = Deno.dlopen("libc.so.6", {
  open: { parameters: ["buffer", "i32"], result: "i32" },
  ioctl: { parameters: ["i32", "usize", "buffer"], result: "i32" },
  poll: { parameters: ["buffer", "usize", "i32"], result: "i32" },
  read: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
});

interface Line {
  fd: number;
  out: Stretch;
  in: Stretch;
}

interface Travelling {
  atMs: number;
  to: Line;
  packet: Uint8Array<ArrayBuffer>;
}

function openTun(name: string): number {
  const bytes = new TextEncoder();
  const fd = libc.open(bytes.encode("/dev/net/tun\0"), O_RDWR_NONBLOCK);
  if (fd < 0) throw new Error("cannot open /dev/net/tun");
  const request = new Uint8Array(IFREQ_OCTETS);
  request.set(bytes.encode(name));
  new DataView(request.buffer).setInt16(IFREQ_FLAGS_AT, IFF_TUN_NO_PI, true);
  if (libc.ioctl(fd, BigInt(TUNSETIFF), request) !== 0) throw new Error(`cannot make ${name}`);
  return fd;
}

class Middle {
  readonly #lines: Line[];
  readonly #byAddress = new Map<number, Line>();
  /** By time of arrival. */
  readonly #travelling: Travelling[] = [];
  readonly #buffer = new Uint8Array(MAX_PACKET_OCTETS);

  constructor(names: readonly string[]) {
    this.#lines = names.map((name) => ({
      fd: openTun(name),
      out: new Stretch(Math.random),
      in: new Stretch(Math.random),
    }));
  }

  obey({ line, addresses, out, in: inward }: Order): void {
    const found = this.#lines[line];
    if (found === undefined) throw new Error(`no line ${line}`);
    if (addresses !== undefined) {
      for (const [address, owner] of this.#byAddress) {
        if (owner === found) this.#byAddress.delete(address);
      }
      for (const address of addresses) this.#byAddress.set(numberOf(address), found);
    }
    if (out !== undefined) found.out.weather = out;
    if (inward !== undefined) found.in.weather = inward;
  }

  /** Never returns. */
  run(orders: Orders): never {
    const polled = new Uint8Array((this.#lines.length + 1) * POLLFD_OCTETS);
    const view = new DataView(polled.buffer);
    const fds = [STDIN, ...this.#lines.map(({ fd }) => fd)];
    fds.forEach((fd, index) => {
      view.setInt32(index * POLLFD_OCTETS, fd, true);
      view.setInt16(index * POLLFD_OCTETS + 4, POLLIN, true);
    });
    const ready = (index: number) =>
      (view.getInt16(index * POLLFD_OCTETS + 6, true) & (POLLIN | POLLHUP)) !== 0;
    while (true) {
      this.#deliver(performance.now());
      const next = this.#travelling[0]?.atMs ?? Infinity;
      const waitMs = Math.max(0, Math.min(LONGEST_WAIT_MS, next - performance.now()));
      if (libc.poll(polled, BigInt(fds.length), Math.ceil(waitMs)) <= 0) continue;
      if (ready(0)) orders.read((order) => this.obey(order));
      this.#lines.forEach((line, index) => {
        if (ready(index + 1)) this.#take(line);
      });
    }
  }

  #take(from: Line): void {
    for (let burst = 0; burst < MAX_BURST; burst++) {
      const octets = Number(libc.read(from.fd, this.#buffer, BigInt(MAX_PACKET_OCTETS)));
      if (octets <= 0) return;
      if (this.#buffer[0]! >> 4 !== 4) continue;
      const to = this.#byAddress.get(new DataView(this.#buffer.buffer).getUint32(16));
      if (to === undefined) continue;
      const leftMs = from.out.pass(performance.now(), octets);
      const atMs = leftMs === null ? null : to.in.pass(leftMs, octets);
      if (atMs === null) continue;
      this.#send({ atMs, to, packet: this.#buffer.slice(0, octets) });
    }
  }

  #send(travelling: Travelling): void {
    let place = this.#travelling.length;
    while (place > 0 && this.#travelling[place - 1]!.atMs > travelling.atMs) place--;
    this.#travelling.splice(place, 0, travelling);
  }

  #deliver(nowMs: number): void {
    let due = 0;
    while (due < this.#travelling.length && this.#travelling[due]!.atMs <= nowMs) due++;
    for (const { to, packet } of this.#travelling.splice(0, due)) {
      // An interface that is down refuses: so does the world.
      libc.write(to.fd, packet, BigInt(packet.length));
    }
  }
}

/** Lines of JSON on standard input, each acknowledged by a line. */
class Orders {
  #text = "";
  readonly #buffer = new Uint8Array(64 * 1_024);
  readonly #decoder = new TextDecoder();

  read(obey: (order: Order) => void): void {
    const octets = Number(libc.read(STDIN, this.#buffer, BigInt(this.#buffer.length)));
    if (octets <= 0) Deno.exit(0);
    this.#text += this.#decoder.decode(this.#buffer.subarray(0, octets), { stream: true });
    const lines = this.#text.split("\n");
    this.#text = lines.pop() ?? "";
    for (const line of lines) {
      obey(JSON.parse(line));
      say("done");
    }
  }
}

function say(word: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${word}\n`));
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

if (import.meta.main) {
  const middle = new Middle(Deno.args);
  say("ready");
  middle.run(new Orders());
}
