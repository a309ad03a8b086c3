import type { ViewOf } from "../../lib/shared/admin_page_props.ts";
import { DataTable } from "./DataTable.tsx";
import { DeedButton } from "./DeedButton.tsx";
import { Empty, Pager, SearchForm } from "./ListTools.tsx";
import { RoomLink } from "./RoomTraits.tsx";
import type { Scene } from "./scene.ts";
import { When } from "./When.tsx";

/** Who may not enter which room, newest first. */
export function Bans({ scene, view }: { scene: Scene; view: ViewOf<"bans"> }) {
  const { t } = scene;
  const { query, list } = view;
  const tools = { t, section: "bans", query } as const;
  const isBare = list.total === 0 && !query.q;
  return (
    <>
      {!isBare && <SearchForm {...tools} label={t("admin.bans_search")} />}
      {list.items.length === 0
        ? <Empty {...tools}>{t("admin.bans_empty")}</Empty>
        : <BanTable scene={scene} bans={list.items} />}
      <Pager {...tools} page={list} />
    </>
  );
}

function BanTable({ scene, bans }: { scene: Scene; bans: ViewOf<"bans">["list"]["items"] }) {
  const { t } = scene;
  return (
    <DataTable
      label={t("admin.page_bans")}
      rows={bans}
      rowKey={(ban) => ban.ban_id}
      testId="admin-bans"
      rowTestId="admin-ban-row"
      columns={[
        { key: "name", label: t("admin.person"), cell: (ban) => ban.user_name },
        { key: "room", label: t("admin.room_name"), cell: (ban) => <RoomLink t={t} room={ban} /> },
        {
          key: "reason",
          label: t("admin.ban_reason"),
          cell: ({ reason }) =>
            reason || <span class="text-muted">{t("admin.ban_no_reason")}</span>,
        },
        { key: "by", label: t("admin.banned_by"), cell: (ban) => ban.banned_by_name },
        {
          key: "at",
          label: t("admin.banned"),
          cell: (ban) => <When scene={scene} at={ban.banned_at} />,
        },
      ]}
      action={{
        label: t("admin.actions"),
        cell: ({ ban_id, user_name }) => (
          <DeedButton
            scene={scene}
            deed={{ kind: "lift_ban", id: ban_id, name: user_name }}
            testId="admin-lift-ban"
          />
        ),
      }}
    />
  );
}
