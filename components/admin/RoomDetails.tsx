import { ChevronLeft } from "lucide-preact";
import type { ViewOf } from "../../lib/shared/admin_page_props.ts";
import type { VideoParticipant } from "../../lib/shared/protocol/participants.ts";
import { buttonClass } from "../ui/Button.tsx";
import { addressOf } from "./addresses.ts";
import { Badge } from "./Badge.tsx";
import { DataTable } from "./DataTable.tsx";
import { DeedButton } from "./DeedButton.tsx";
import { Fact, Facts } from "./Facts.tsx";
import { RoomCode } from "./RoomTraits.tsx";
import type { AdminWords, Scene } from "./scene.ts";
import { When } from "./When.tsx";

/** One room: who is in it now, and the button that ends it. */
export function RoomDetails({ scene, view }: { scene: Scene; view: ViewOf<"room"> }) {
  const { t } = scene;
  const { room } = view;
  return (
    <>
      <a
        href={addressOf("rooms")}
        class={buttonClass("bare", "-mt-2 -ml-2 self-start px-2 text-sm")}
      >
        <ChevronLeft class="size-5" aria-hidden="true" />
        {t("admin.back_to_rooms")}
      </a>
      <div class="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div class="min-w-0">
          <h1 class="text-3xl font-bold tracking-tight break-words" data-testid="admin-room-name">
            {room.room_name}
          </h1>
          {room.room_description !== "" && (
            <p class="mt-1 max-w-2xl text-muted">{room.room_description}</p>
          )}
        </div>
        {room.is_active && (
          <DeedButton
            scene={scene}
            deed={{ kind: "end_room", id: room.room_id, name: room.room_name }}
            long
            testId="admin-end-room"
          />
        )}
      </div>
      {room.ended_at === null
        ? <Present scene={scene} people={room.present} />
        : <Over scene={scene} endedAt={room.ended_at} />}
      <RoomFacts scene={scene} room={room} />
      <Elsewhere t={t} room={room} />
    </>
  );
}

function Over({ scene, endedAt }: { scene: Scene; endedAt: string }) {
  const [before, after] = scene.t("admin.room_is_over").split("{when}");
  return (
    <p class="rounded-2xl bg-surface p-5 text-muted" data-testid="admin-room-ended">
      {before}
      <When scene={scene} at={endedAt} />
      {after}
    </p>
  );
}

function Present({ scene, people }: { scene: Scene; people: readonly VideoParticipant[] }) {
  const { t } = scene;
  return (
    <section>
      <h2 class="mb-3 text-xl font-bold">{t("admin.people_in_it")}</h2>
      {people.length === 0
        ? <p class="rounded-2xl bg-surface p-5 text-muted">{t("admin.room_nobody")}</p>
        : (
          <DataTable
            label={t("admin.people_in_it")}
            rows={people}
            rowKey={(person) => person.participant_id}
            testId="admin-present"
            rowTestId="admin-present-row"
            columns={[
              { key: "name", label: t("admin.person"), cell: (person) => person.user_name },
              { key: "role", label: t("admin.role"), cell: ({ role }) => t(`admin.role_${role}`) },
              {
                key: "since",
                label: t("admin.here_since"),
                cell: (person) => <When scene={scene} at={person.joined_at} />,
              },
              {
                key: "media",
                label: t("admin.media"),
                cell: (person) => <Media t={t} person={person} />,
              },
            ]}
          />
        )}
    </section>
  );
}

/** What somebody sends, in words. */
function Media({ t, person }: { t: AdminWords; person: VideoParticipant }) {
  if (!person.is_online) return <Badge tone="warning">{t("admin.offline")}</Badge>;
  const sent = [
    !person.is_muted && t("admin.media_microphone"),
    person.is_video_enabled && t("admin.media_camera"),
    person.is_screen_sharing && t("admin.media_screen"),
  ].filter((word) => word !== false);
  return <>{sent.length === 0 ? t("admin.media_none") : sent.join(", ")}</>;
}

function RoomFacts({ scene, room }: { scene: Scene; room: ViewOf<"room">["room"] }) {
  const { t } = scene;
  return (
    <Facts>
      <Fact label={t("admin.room_code")}>
        <RoomCode code={room.room_code} />
      </Fact>
      <Fact label={t("admin.room_number")}>{room.room_id}</Fact>
      <Fact label={t("admin.made_by")}>{room.created_by_name}</Fact>
      <Fact label={t("admin.made")}>
        <When scene={scene} at={room.created_at} exact />
      </Fact>
      <Fact label={t("admin.at_most")}>{room.max_participants}</Fact>
    </Facts>
  );
}

function Elsewhere({ t, room }: { t: AdminWords; room: ViewOf<"room">["room"] }) {
  const q = room.room_code;
  return (
    <nav aria-label={t("admin.more_about_room")} class="flex flex-wrap gap-2">
      <a href={addressOf("guest_links", { q })} class={buttonClass("quiet")}>
        {t("admin.page_guest_links")}
      </a>
      <a href={addressOf("bans", { q })} class={buttonClass("quiet")}>{t("admin.page_bans")}</a>
      {room.is_active && (
        <a href={addressOf("quality", { room_id: room.room_id })} class={buttonClass("quiet")}>
          {t("admin.page_quality")}
        </a>
      )}
    </nav>
  );
}
