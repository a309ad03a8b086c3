import { CircleCheck, CircleX, LoaderCircle, type LucideIcon, TriangleAlert } from "lucide-preact";
import type { ViewOf } from "../../lib/shared/admin_page_props.ts";
import {
  formatBytes,
  formatDuration,
  formatMilliseconds,
  formatMoment,
} from "../../lib/shared/i18n/format.ts";
import type { AdminRoom } from "../../lib/shared/protocol/admin.ts";
import type { AdminStatus } from "../../lib/shared/protocol/admin_operations.ts";
import { buttonClass } from "../ui/Button.tsx";
import { addressOf, roomAddress } from "./addresses.ts";
import { Fact, Facts } from "./Facts.tsx";
import type { Scene } from "./scene.ts";
import { type State, type StateRow, stateRows } from "./server_state.ts";

/** The rest is one tap away. */
const SHOWN_ROOMS = 8;

/** Who talks now, and whether the server is well. */
export function Overview({ scene, view }: { scene: Scene; view: ViewOf<"overview"> }) {
  const { t } = scene;
  const { status, rooms } = view;
  return (
    <>
      <Now scene={scene} rooms={rooms} />
      <section class="flex flex-col gap-3" aria-busy={status === null}>
        <h2 class="text-xl font-bold">{t("admin.server")}</h2>
        {status === null
          ? (
            <p
              class="flex min-h-24 items-center gap-2.5 rounded-2xl bg-surface p-5 text-muted"
              role="status"
            >
              <LoaderCircle class="size-5 shrink-0 animate-spin" aria-hidden="true" />
              {t("admin.asking")}
            </p>
          )
          : (
            <>
              <States scene={scene} status={status} />
              <Numbers scene={scene} status={status} />
            </>
          )}
      </section>
    </>
  );
}

function Now({ scene, rooms }: { scene: Scene; rooms: ViewOf<"overview">["rooms"] }) {
  const { t } = scene;
  const people = rooms.items.reduce((sum, room) => sum + room.participants, 0);
  return (
    <section
      class="rounded-3xl bg-accent-soft p-5 sm:p-7"
      aria-label={t("admin.live_rooms")}
      data-testid="admin-now"
    >
      <p class="text-2xl font-bold tracking-tight text-balance sm:text-3xl">
        {rooms.total === 0 ? t("admin.nobody_online") : t("admin.people_in_rooms", {
          people: t("admin.count_people", { count: people }),
          rooms: t("admin.in_rooms", { count: rooms.total }),
        })}
      </p>
      {rooms.items.length > 0 && (
        <ul class="mt-4 divide-y divide-ink/12 border-y border-ink/12">
          {rooms.items.slice(0, SHOWN_ROOMS).map((room) => (
            <LiveRoom key={room.room_id} scene={scene} room={room} />
          ))}
        </ul>
      )}
      <a
        href={addressOf("rooms")}
        class={buttonClass("bare", "mt-3 -mb-2 -ml-4 text-sm")}
      >
        {t("admin.all_rooms")}
      </a>
    </section>
  );
}

function LiveRoom({ scene: { t }, room }: { scene: Scene; room: AdminRoom }) {
  const away = room.participants - room.online;
  return (
    <li>
      <a
        href={roomAddress(room.room_id)}
        class="group flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-0.5 rounded-lg py-2"
        data-testid="admin-live-room"
      >
        <span class="min-w-0 font-semibold break-words group-hover:text-accent">
          {room.room_name}
        </span>
        <span class="text-sm">
          {t("admin.count_people", { count: room.participants })}
          {away > 0 && <span class="text-muted">· {t("admin.reconnecting", { count: away })}</span>}
        </span>
      </a>
    </li>
  );
}

const SIGNS: Record<State, { icon: LucideIcon; colour: string }> = {
  ok: { icon: CircleCheck, colour: "text-accent" },
  warning: { icon: TriangleAlert, colour: "text-warm" },
  bad: { icon: CircleX, colour: "text-danger" },
};

function States({ scene, status }: { scene: Scene; status: AdminStatus }) {
  return (
    <ul
      class="divide-y divide-line rounded-2xl bg-surface px-5 py-1.5"
      data-testid="admin-status"
    >
      {stateRows(status, scene).map((row) => <PartState key={row.part} scene={scene} row={row} />)}
    </ul>
  );
}

function PartState({ scene: { t }, row }: { scene: Scene; row: StateRow }) {
  const { icon: Icon, colour } = SIGNS[row.state];
  return (
    <li
      class="flex gap-3 py-3"
      data-testid="admin-status-row"
      data-part={row.part}
      data-state={row.state}
    >
      <Icon class={`mt-0.5 size-5 shrink-0 ${colour}`} aria-label={t(`admin.state_${row.state}`)} />
      <p class="min-w-0 text-[0.9375rem] sm:grid sm:grow sm:grid-cols-[12rem_1fr] sm:gap-4">
        <span class="block font-semibold">{t(`admin.part_${row.part}`)}</span>
        <span class="block text-muted">{row.words}</span>
      </p>
    </li>
  );
}

function Numbers({ scene, status }: { scene: Scene; status: AdminStatus }) {
  const { t, locale } = scene;
  const moment = formatMoment(locale, status.started_at);
  const duration = formatDuration(locale, status.uptime_seconds);
  return (
    <Facts testId="admin-numbers">
      <Fact label={t("admin.uptime")}>{t("admin.uptime_since", { duration, moment })}</Fact>
      <Fact label={t("admin.version")}>
        {t("admin.version_both", { version: status.version, deno: status.deno_version })}
      </Fact>
      <Fact label={t("admin.address")}>{addressWords(scene, status)}</Fact>
      <Fact label={t("admin.memory")}>{formatBytes(locale, status.memory.rss_bytes)}</Fact>
      <Fact label={t("admin.lag")}>{formatMilliseconds(locale, status.event_loop_lag_ms)}</Fact>
    </Facts>
  );
}

function addressWords({ t }: Scene, { public_url: url, https }: AdminStatus): string {
  if (url === null) return t(https ? "admin.address_request_https" : "admin.address_request_plain");
  return t(https ? "admin.address_https" : "admin.address_plain", { url });
}
