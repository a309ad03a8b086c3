import type { ViewOf } from "../../lib/shared/admin_page_props.ts";
import type { GuestLinkState } from "../../lib/shared/protocol/admin.ts";
import { Badge } from "./Badge.tsx";
import { DataTable } from "./DataTable.tsx";
import { DeedButton } from "./DeedButton.tsx";
import { Empty, Filters, Pager, SearchForm } from "./ListTools.tsx";
import { RoomLink } from "./RoomTraits.tsx";
import type { Scene } from "./scene.ts";
import { When } from "./When.tsx";

const STATES: readonly GuestLinkState[] = ["active", "expired", "used_up", "revoked"];

/** All guest links, newest first. What opens the door is in none of them. */
export function GuestLinks({ scene, view }: { scene: Scene; view: ViewOf<"guest_links"> }) {
  const { t } = scene;
  const { query, list } = view;
  const tools = { t, section: "guest_links", query } as const;
  const choices = [
    { label: t("admin.filter_all"), wishes: { state: undefined } },
    ...STATES.map((state) => ({ label: t(`admin.link_${state}`), wishes: { state } })),
  ];
  return (
    <>
      <SearchForm {...tools} label={t("admin.links_search")} />
      <Filters {...tools} choices={choices} />
      {list.items.length === 0
        ? <Empty {...tools}>{t("admin.links_empty")}</Empty>
        : <LinkTable scene={scene} links={list.items} />}
      <Pager {...tools} page={list} />
    </>
  );
}

type Link = ViewOf<"guest_links">["list"]["items"][number];

function LinkTable({ scene, links }: { scene: Scene; links: readonly Link[] }) {
  const { t } = scene;
  const uses = ({ uses, max_uses }: Link) =>
    max_uses === null
      ? uses
      : <span class="whitespace-nowrap">{t("admin.link_uses_of", { uses, max: max_uses })}</span>;
  return (
    <DataTable
      label={t("admin.page_guest_links")}
      rows={links}
      rowKey={(link) => link.link_id}
      testId="admin-guest-links"
      rowTestId="admin-guest-link-row"
      columns={[
        {
          key: "room",
          label: t("admin.room_name"),
          cell: (link) => <RoomLink t={t} room={link} />,
        },
        {
          key: "state",
          label: t("admin.link_state"),
          cell: ({ state }) => (
            <Badge tone={state === "active" ? "good" : "quiet"}>{t(`admin.link_${state}`)}</Badge>
          ),
        },
        {
          key: "for",
          label: t("admin.link_for"),
          cell: ({ user_name }) =>
            user_name ?? <span class="text-muted">{t("admin.link_anybody")}</span>,
        },
        { key: "by", label: t("admin.made_by"), cell: (link) => link.created_by_name },
        { key: "uses", label: t("admin.link_uses"), cell: uses },
        {
          key: "until",
          label: t("admin.link_until"),
          cell: (link) => <When scene={scene} at={link.expires_at} exact />,
        },
      ]}
      action={{
        label: t("admin.actions"),
        cell: ({ link_id, room_name, revoked_at }) =>
          revoked_at === null && (
            <DeedButton
              scene={scene}
              deed={{ kind: "revoke_link", id: link_id, name: room_name }}
              testId="admin-revoke-link"
            />
          ),
      }}
    />
  );
}
