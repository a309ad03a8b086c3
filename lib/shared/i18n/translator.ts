/** Translation in the browser, from the words that came with the page. */
import { ERROR_STATUS, type ErrorBody } from "../protocol/errors.ts";
import type { Locale } from "./locale.ts";
import { type Facts, formatMessage, type Message } from "./message.ts";
import type { MessageKey, Messages, Namespace } from "./translate.ts";

/** `t("call.leave")`; only keys of the page's own namespaces. */
export type Translate<In extends Namespace = Namespace> = (
  key: MessageKey<In>,
  facts?: Facts,
) => string;

/** Makes the `t` of a page. An unknown key comes back as it is. */
export function createTranslator<In extends Namespace>(
  locale: Locale,
  messages: Messages<In>,
): Translate<In> {
  const catalog: Record<string, Record<string, Message>> = messages;
  return (key, facts) => {
    const [namespace = "", name = ""] = key.split(".");
    return formatMessage(locale, catalog[namespace]?.[name] ?? key, facts);
  };
}

/** What a failed request says to the person: our words for its code, else the server's own. */
export function errorText(t: Translate<"error">, error: ErrorBody): string {
  return error.error_code in ERROR_STATUS ? t(`error.${error.error_code}`, error) : error.detail;
}
