/** How the text of one environment variable becomes a value. Messages complete "NAME must be …". */
import { isIP } from "node:net";
import { z } from "zod";

/** A schema from text; `parse` answers undefined when the text is not what `expected` says. */
export function parsed<T>(expected: string, parse: (text: string) => T | undefined) {
  return z.string().transform((text, context) => {
    const value = parse(text.trim());
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: expected });
    return z.NEVER;
  });
}

export function integer(min: number, max: number) {
  return parsed(`a whole number from ${min} to ${max}`, (text) => {
    const number = Number(text);
    return /^\d+$/.test(text) && number >= min && number <= max ? number : undefined;
  });
}

export function oneOf<const Words extends readonly string[]>(words: Words) {
  return parsed<Words[number]>(
    `one of ${words.join(", ")}`,
    (text) => words.find((word) => word === text.toLowerCase()),
  );
}

/** Comma-separated; empty items are ignored, every other one must pass. */
export function list<T>(expected: string, parse: (item: string) => T | undefined) {
  return parsed<readonly T[]>(`a comma-separated list of ${expected}`, (text) => {
    const items = text.split(",").map((item) => item.trim()).filter((item) => item !== "");
    const values = items.map(parse).filter((value) => value !== undefined);
    return values.length === items.length ? values : undefined;
  });
}

export const path = parsed("a path", (text) => text.includes("\0") ? undefined : text);

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

export function hostName(text: string): string | undefined {
  return HOST_NAME.test(text) || isIP(text) !== 0 ? text.toLowerCase() : undefined;
}

/** Django's forms: a name, `.example.com` with its subdomains, `*` for any. */
export function hostPattern(text: string): string | undefined {
  if (text === "*") return text;
  if (!text.startsWith(".")) return hostName(text.replace(/^\[(.*)\]$/, "$1"));
  return hostName(text.slice(1)) === undefined ? undefined : text.toLowerCase();
}

/** `https://host[:port]` without a path. */
export function origin(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  const isBare = url.pathname === "/" && url.search === "" && url.hash === "" &&
    url.username === "" && url.password === "";
  return isBare && hostName(url.hostname.replace(/^\[(.*)\]$/, "$1")) ? url.origin : undefined;
}

export function kvConnectUrl(text: string): string | undefined {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? "") ? text : undefined;
}

/** An address, or a network in CIDR form. */
export function network(text: string): string | undefined {
  const [address = "", prefix, ...rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return undefined;
  const bits = family === 4 ? 32 : 128;
  const isNetwork = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
  return isNetwork ? text : undefined;
}

const ICE_HOST = String.raw`(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?`;
const STUN_URL = new RegExp(`^stuns?:${ICE_HOST}$`, "i");
const TURN_URL = new RegExp(`^turns?:${ICE_HOST}(\\?transport=(udp|tcp))?$`, "i");

export function stunUrl(text: string): string | undefined {
  return STUN_URL.test(text) ? text : undefined;
}

export function turnUrl(text: string): string | undefined {
  return TURN_URL.test(text) ? text : undefined;
}

/** Placeholders of documentation, and what everybody tries first. */
const PLACEHOLDER = /^(your[-_ ].*|change[-_ ]?(me|it|this).*|<.*>|.*[-_]here)$/i;
const OBVIOUS = /^((my|super)?[-_ ]?(secret|password|salt)([-_ ]?key)?\d*|example.*|sample.*)$/i;

export function secret(minChars: number) {
  return parsed(
    `a value of your own, at least ${minChars} characters long (sample values are refused)`,
    (text) => isOwn(text, minChars) && !OBVIOUS.test(text) ? text : undefined,
  );
}

/** Chosen by people, so only placeholders are refused. */
export function password(minChars: number) {
  return parsed(
    `a password of your own, at least ${minChars} characters long`,
    (text) => isOwn(text, minChars) ? text : undefined,
  );
}

function isOwn(text: string, minChars: number): boolean {
  return text.length >= minChars && !PLACEHOLDER.test(text);
}
