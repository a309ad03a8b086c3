import { MoveRight, X } from "lucide-preact";
import type { ViewOf } from "../../lib/shared/admin_page_props.ts";
import { type LinkRating, rateLink, worstRating } from "../../lib/shared/domain/link_rating.ts";
import { formatMilliseconds, formatShare } from "../../lib/shared/i18n/format.ts";
import type { LinkQuality, ParticipantQuality } from "../../lib/shared/protocol/admin.ts";
import { buttonClass } from "../ui/Button.tsx";
import { addressOf } from "./addresses.ts";
import { Badge, type Tone } from "./Badge.tsx";
import { Pager } from "./ListTools.tsx";
import { RoomLink } from "./RoomTraits.tsx";
import type { Scene } from "./scene.ts";
import { When } from "./When.tsx";

const TONES: Record<LinkRating, Tone> = {
  good: "good",
  fair: "warning",
  poor: "bad",
  unknown: "quiet",
};

/** How well people in calls hear each other, as their browsers tell; the worst first. */
export function Quality({ scene, view }: { scene: Scene; view: ViewOf<"quality"> }) {
  const { t } = scene;
  const { query, list } = view;
  const onlyRoom = query.room_id === undefined ? null : list.items[0]?.room_name;
  return (
    <>
      <p class="max-w-2xl text-muted">{t("admin.quality_hint")}</p>
      {query.room_id !== undefined && (
        <div class="flex flex-wrap items-center gap-3">
          {onlyRoom && <p>{t("admin.quality_of_room", { room: onlyRoom })}</p>}
          <a href={addressOf("quality")} class={buttonClass("quiet", "pl-3 text-sm")}>
            <X class="size-4.5" aria-hidden="true" />
            {t("admin.show_everything")}
          </a>
        </div>
      )}
      {list.items.length === 0
        ? (
          <p class="rounded-2xl bg-surface p-5 text-muted" data-testid="admin-empty">
            {t("admin.quality_empty")}
          </p>
        )
        : (
          <ul class="flex flex-col gap-3" data-testid="admin-quality">
            {list.items.map((person) => (
              <PersonRow key={person.participant_id} scene={scene} person={person} />
            ))}
          </ul>
        )}
      <Pager t={t} section="quality" query={query} page={list} />
    </>
  );
}

function PersonRow({ scene, person }: { scene: Scene; person: ParticipantQuality }) {
  const { t } = scene;
  const rating = worstRating(person.links.map((link) => rateLink(link).rating));
  const [before, after] = t("admin.measured").split("{when}");
  return (
    <li
      class="rounded-2xl bg-surface px-5 py-4"
      data-testid="admin-quality-row"
      data-rating={rating}
    >
      <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 class="font-semibold break-words">{person.user_name}</h2>
        <Badge tone={TONES[rating]}>{t(`admin.quality_${rating}`)}</Badge>
      </div>
      <p class="mt-0.5 text-sm text-muted">
        <RoomLink t={t} room={person} />
        {" · "}
        {before}
        <When scene={scene} at={person.reported_at} />
        {after}
      </p>
      {person.links.length === 0
        ? <p class="mt-1 text-[0.9375rem] text-muted">{t("admin.quality_alone")}</p>
        : (
          <ul class="mt-2.5 flex flex-col gap-1.5 text-[0.9375rem]">
            {person.links.map((link) => (
              <li key={link.participant_id} class="flex gap-2">
                <MoveRight class="mt-0.75 size-4 shrink-0 text-muted" aria-hidden="true" />
                <p class="min-w-0 break-words">
                  <span class="font-medium">{link.user_name || t("admin.link_to_somebody")}:</span>
                  {" "}
                  <span class="text-muted">{linkWords(scene, link).join(", ")}</span>
                </p>
              </li>
            ))}
          </ul>
        )}
    </li>
  );
}

/** What is the matter with a link, then what else is known of it. */
function linkWords({ t, locale }: Scene, link: LinkQuality): string[] {
  const { rating, troubles } = rateLink(link);
  const words = troubles.map((trouble) => {
    if (trouble === "loss") {
      return t("admin.trouble_loss", { share: formatShare(locale, link.loss ?? 0) });
    }
    const ms = trouble === "delay" ? link.rtt_ms : link.jitter_ms;
    return t(`admin.trouble_${trouble}`, { time: formatMilliseconds(locale, ms ?? 0) });
  });
  if (rating === "good") words.push(t("admin.link_good"));
  if (rating === "unknown") words.push(t("admin.link_unknown"));
  if (link.rtt_ms !== null && !troubles.includes("delay")) {
    words.push(t("admin.round_trip", { time: formatMilliseconds(locale, link.rtt_ms) }));
  }
  if (link.relayed) words.push(t("admin.relayed"));
  return words;
}
