import type { Translate } from "../lib/shared/i18n/translator.ts";
import type { RoomNamespace } from "../lib/shared/page_props.ts";

/** The `t` of the room page. */
export type RoomWords = Translate<RoomNamespace>;
