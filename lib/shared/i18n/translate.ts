/**
 * Translation where all catalogs are at hand: on the server. The browser gets the words of its page
 * as data (`messagesFor`) and uses `translator.ts`.
 */
import { en } from "./en.ts";
import type { Locale } from "./locale.ts";
import { type Facts, formatMessage, type Message } from "./message.ts";
import { ru } from "./ru.ts";

export type Catalog = typeof en;
export type Namespace = keyof Catalog;
/** `"<namespace>.<key>"`, as in `"error.ROOM_FULL"`. */
export type MessageKey<In extends Namespace = Namespace> = {
  [Name in In]: `${Name}.${keyof Catalog[Name] & string}`;
}[In];
/** The words of one page in one language. */
export type Messages<In extends Namespace = Namespace> = Pick<Catalog, In>;

const CATALOGS: Record<Locale, Catalog> = { en, ru };

/** The sentence for `key` in `locale`, with `facts` in the `{placeholders}`. */
export function translate(locale: Locale, key: MessageKey, facts?: Facts): string {
  const [namespace, name] = key.split(".") as [Namespace, string];
  const words: Record<string, Message> = CATALOGS[locale][namespace];
  return formatMessage(locale, words[name] ?? key, facts);
}

/** The namespaces a page needs, in its language only: an island prop. */
export function messagesFor<In extends Namespace>(
  locale: Locale,
  ...namespaces: readonly In[]
): Messages<In> {
  const picked = namespaces.map((name) => [name, CATALOGS[locale][name]]);
  return Object.fromEntries(picked) as Messages<In>;
}
