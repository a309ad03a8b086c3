/** Where a request comes from, as far as it can be believed. */
import { BlockList, isIP } from "node:net";
import { container } from "../container.ts";

type Info = Pick<Deno.ServeHandlerInfo, "remoteAddr">;

/** `main.ts` hands the connection on to Fresh in this form. */
interface WithRuntime {
  runtime?: { deno?: { info?: Info } };
}

/**
 * The client's address, for limits and logs: IPv4 whole, IPv6 as its /64 network, since every
 * household has one of those and may use any address in it.
 * @param info of the connection; may be left out where the request carries it
 */
export function clientAddress(req: Request, info?: Info): string {
  const peer = peerAddress(req, info);
  if (!isTrustedProxy(peer)) return network(peer);
  const hops = (req.headers.get("x-forwarded-for") ?? "").split(",").map(withoutPort);
  let client = peer;
  // From the right: everything left of the first hop that is not ours may be invented.
  for (const hop of hops.reverse()) {
    if (isIP(hop) === 0) break;
    client = hop;
    if (!isTrustedProxy(hop)) break;
  }
  return network(client);
}

/** The connection comes from a proxy whose `X-Forwarded-*` headers are believed. */
export function isBehindTrustedProxy(req: Request): boolean {
  return isTrustedProxy(peerAddress(req));
}

function peerAddress(req: Request, info?: Info): string {
  const address = (info ?? (req as WithRuntime).runtime?.deno?.info)?.remoteAddr;
  return address !== undefined && "hostname" in address ? asIPv4(address.hostname) : "unknown";
}

const lists = new WeakMap<readonly string[], BlockList>();

function isTrustedProxy(address: string): boolean {
  const entries = container().config.trustedProxies;
  const family = isIP(address);
  if (entries.length === 0 || family === 0) return false;
  const list = lists.get(entries) ?? makeList(entries);
  lists.set(entries, list);
  return list.check(asIPv4(address), isIP(asIPv4(address)) === 4 ? "ipv4" : "ipv6");
}

function makeList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", bits] = entry.split("/");
    const family = isIP(address) === 4 ? "ipv4" : "ipv6";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** A socket open to both families shows IPv4 clients as `::ffff:192.0.2.1`. */
function asIPv4(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  return mapped?.[1] ?? address;
}

/** Some proxies write `192.0.2.1:4711` or `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  const [, bracketed, plain] = /^\[([^\]]+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(hop.trim()) ?? [];
  return asIPv4(bracketed ?? plain ?? hop.trim());
}

function network(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail = ""] = address.split("%")[0]!.toLowerCase().split("::");
  const left = head.split(":").filter((group) => group !== "");
  const right = tail.split(":").filter((group) => group !== "");
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  const groups = [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/, ""));
  return `${groups.slice(0, 4).join(":")}::/64`;
}
