/**
 * Fails on words nobody says any more and on translations that differ in more than their language.
 * That no key is missing is the type checker's business.
 */
import { en } from "../lib/shared/i18n/en.ts";
import type { Message } from "../lib/shared/i18n/message.ts";
import { ru } from "../lib/shared/i18n/ru.ts";
import { filesBelow, ROOT } from "./sources.ts";

const CATALOGS = { en, ru };
type Words = Readonly<Record<string, Message>>;
const SPEAKERS = ["components", "islands", "routes", "lib", "main.ts"];

/** `namespace.key` of every message. */
function keysOf(catalog: Readonly<Record<string, Words>>): string[] {
  return Object.entries(catalog).flatMap(([namespace, words]) =>
    Object.keys(words).map((key) => `${namespace}.${key}`)
  );
}

/**
 * Keys that no source mentions: neither whole, as in `t("call.leave")`, nor by a template that
 * yields them, as in `` t(`call.ended_${reason}`) ``.
 */
export function staleKeys(keys: readonly string[], sources: readonly string[]): string[] {
  const said = new Set<string>();
  const templates: RegExp[] = [];
  for (const source of sources) {
    for (const [, key] of source.matchAll(/["'`](\w+\.\w+)["'`]/g)) said.add(key!);
    for (const [, template] of source.matchAll(/`(\w+\.[^`\s]*\$\{[^`\s]+)`/g)) {
      templates.push(new RegExp(`^${template!.replaceAll(/\$\{[^}]+\}/g, "\\w+")}$`));
    }
  }
  return keys.filter((key) => !said.has(key) && !templates.some((each) => each.test(key)));
}

/** `{placeholders}` of a message, sorted; those of all its plural forms together. */
function placeholders(message: Message): string[] {
  const text = typeof message === "string" ? message : Object.values(message).join(" ");
  return [...new Set(text.match(/\{\w+\}/g))].sort();
}

/** What is wrong with a message in a language, compared with the English one. */
export function translationProblem(
  locale: string,
  { english, translated }: { english: Message; translated: Message },
): string | undefined {
  const [wanted, given] = [placeholders(english), placeholders(translated)];
  if (wanted.join() !== given.join()) {
    return `has ${given.join() || "nothing"} to fill in, not ${wanted}`;
  }
  if (typeof translated === "string") return undefined;
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  const missing = forms.filter((form) => translated[form] === undefined);
  return missing.length > 0 ? `lacks the plural ${missing.join(", ")}` : undefined;
}

async function readSources(): Promise<string[]> {
  const sources: string[] = [];
  for (const place of SPEAKERS) {
    for await (const path of filesBelow(place)) {
      const speaks = /\.tsx?$/.test(path) &&
        !/_test\.tsx?$|^lib\/shared\/i18n\/(en|ru)\.ts$/.test(path);
      if (speaks) sources.push(await Deno.readTextFile(new URL(path, ROOT)));
    }
  }
  return sources;
}

if (import.meta.main) {
  const stale = staleKeys(keysOf(en), await readSources());
  const problems = stale.map((key) => `${key}: nobody says this any more`);
  for (const [locale, catalog] of Object.entries(CATALOGS)) {
    for (const key of keysOf(en)) {
      const [namespace, name] = key.split(".") as [keyof typeof en, string];
      const english = (en[namespace] as Words)[name]!;
      const translated = (catalog[namespace] as Words)[name]!;
      const problem = translationProblem(locale, { english, translated });
      if (problem) problems.push(`${locale}: ${key} ${problem}`);
    }
  }
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) Deno.exitCode = 1;
}
