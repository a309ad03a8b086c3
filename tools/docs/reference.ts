/**
 * What the reference of the API says in words, out of the comments beside the schemas and the
 * tables of the WebSocket protocol. The server has no sources to read at run time, so the words are
 * written into a module.
 */
import { CLOSE_CODE, FINAL_CLOSE_CODES } from "../../lib/shared/protocol/close_codes.ts";
import * as limits from "../../lib/shared/protocol/limits.ts";
import { CLIENT_MESSAGES } from "../../lib/shared/protocol/messages.ts";
import { NAMED_SCHEMAS } from "../../lib/shared/protocol/operations_schemas.ts";
import { ROOT } from "../sources.ts";
import { commentsIn, declaration } from "./comments.ts";
import { boundsText, type JsonSchema, jsonSchemaOf, typeText } from "./schema_text.ts";

export const REFERENCE_TEXTS = "lib/shared/protocol/operations_texts.ts";

const HEAD = `/**
 * Written by \`deno task docs\` out of the comments in this folder: change those, not this.
 */
// budget: generated
import type { ReferenceTexts } from "./operations_view.ts";

export const TEXTS: ReferenceTexts = `;

const source = (module: string) =>
  Deno.readTextFileSync(new URL(`lib/shared/protocol/${module}.ts`, ROOT));

const MODULES = [...new Set(NAMED_SCHEMAS.map(({ module }) => module))];

/** The whole module, not yet formatted. */
export function referenceTexts(): string {
  const texts = {
    schemas: schemaTexts(),
    commands: commands(),
    events: events(),
    closeCodes: closeCodes(),
    limits: [...plainLimits(), ...rateLimits()],
  };
  return `${HEAD}${JSON.stringify(texts, null, 2)};\n`;
}

function schemaTexts() {
  const texts: Record<string, { text?: string; fields: Record<string, string> }> = {};
  for (const { name, module } of NAMED_SCHEMAS) {
    const comments = commentsIn(source(module));
    const fields = fieldTexts(name);
    if (comments[name] === undefined && Object.keys(fields).length === 0) continue;
    texts[name] = { text: comments[name], fields };
  }
  return texts;
}

/** Of the declaration itself, and of those that it extends or spreads, wherever they are. */
function fieldTexts(name: string): Record<string, string> {
  const start = `export const ${name} = `;
  const text = MODULES.map(source).find((each) => each.includes(start));
  if (text === undefined) return {};
  const own = declaration(text, start);
  const bases = [...own.matchAll(/(?:= |\.\.\.)(\w+)(?=\.extend\(|,)/g)].map(([, base]) => base!);
  return Object.assign({}, ...bases.map(fieldTexts), commentsIn(own));
}

function commands() {
  const meanings = commentsIn(declaration(source("messages"), "export const CLIENT_MESSAGES"));
  return Object.entries(CLIENT_MESSAGES).map(([type, schema]) => {
    const data = jsonSchemaOf(schema, "input");
    const isEmpty = Object.keys(data).length === 1;
    const bounds = Object.entries(data.properties ?? {})
      .map(([name, field]) => [name, boundsText(field as JsonSchema)])
      .filter(([, text]) => text !== "").map(([name, text]) => `\`${name}\`: ${text}`);
    return {
      type,
      data: isEmpty ? "" : typeText(data),
      meaning: [meanings[type], ...bounds].filter(Boolean).join(" · "),
    };
  });
}

const EVENT = /^ {2}"([\w-]+)": (.+);$/gm;

function events() {
  const block = declaration(source("messages"), "export interface ServerMessageData");
  const meanings = commentsIn(block);
  return [...block.matchAll(EVENT)].map(([, type = "", data = ""]) => ({
    type,
    data,
    meaning: meanings[type] ?? "",
  }));
}

function closeCodes() {
  const meanings = commentsIn(source("close_codes"));
  return Object.entries(CLOSE_CODE).map(([name, code]) => ({
    code,
    name,
    meaning: meanings[name] ?? "",
    final: FINAL_CLOSE_CODES.has(code),
  }));
}

/** In the order in which they are written down. */
function plainLimits() {
  const text = source("limits");
  const meanings = commentsIn(text);
  const { RATE_LIMITS: _, ...plain } = limits;
  const order = [...text.matchAll(/export const (\w+)/g)].map(([, name]) => name);
  return Object.entries(plain).map(([name, value]) => ({
    name,
    value: Array.isArray(value) ? value.join(", ") : String(value),
    meaning: meanings[name] ?? "",
  })).sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
}

function rateLimits() {
  const meanings = commentsIn(declaration(source("limits"), "export const RATE_LIMITS"));
  return Object.entries(limits.RATE_LIMITS).map(([name, { limit, windowSeconds }]) => ({
    name,
    value: `${limit} in ${windowSeconds} s`,
    meaning: meanings[name] ?? "",
  }));
}
