import type { Translate } from "../lib/shared/i18n/translator.ts";
import type { HomeNamespace } from "../lib/shared/page_props.ts";

/** The `t` of the home page. */
export type HomeWords = Translate<HomeNamespace>;
