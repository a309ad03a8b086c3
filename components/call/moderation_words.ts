/** What a moderator did, in a sentence for one reader. */
import type { MessageKey } from "../../lib/shared/i18n/translate.ts";
import type { ModerationEvent, MutedMedia } from "../../lib/shared/protocol/moderation.ts";
import type { RoomWords } from "../room_words.ts";

export interface Reader {
  readonly selfId: number;
  /** It happened to the reader, perhaps among others. */
  readonly aboutSelf: boolean;
}

type Deed =
  | `${"mute" | "lock" | "unlock"}_${MutedMedia}`
  | "remove"
  | "ban"
  | "unban"
  | "admit"
  | "deny"
  | "host"
  | "moderator"
  | "participant"
  | "lock_room"
  | "unlock_room";

/** Deeds whose target hears of them in the call; of the others a page of its own tells. */
type Felt = Extract<MessageKey<"moderation">, `moderation.to_${string}`>;

/** Null: this reader learns of it in another way. */
export function moderationWords(
  t: RoomWords,
  event: ModerationEvent,
  { selfId, aboutSelf }: Reader,
): string | null {
  const deed = deedOf(event);
  const by = event.by?.user_name ?? t("moderation.server");
  const target = event.target?.user_name ?? t("moderation.everyone");
  if (aboutSelf) return isFelt(deed) ? t(`moderation.to_${deed}` as Felt, { by }) : null;
  if (event.by?.participant_id === selfId) return t(`moderation.did_${deed}`, { target });
  return t(`moderation.${deed}`, { by, target });
}

function deedOf({ action, media = "audio", locked = false, role }: ModerationEvent): Deed {
  switch (action) {
    case "mute":
      return `${locked ? "lock" : "mute"}_${media}`;
    case "unlock":
      return `unlock_${media}`;
    case "set_role":
      return role === "host" || role === "moderator" ? role : "participant";
    default:
      return action;
  }
}

function isFelt(deed: Deed): boolean {
  return /^(un)?(mute|lock)_(audio|video|screen)$|^(host|moderator|participant)$/.test(deed);
}
