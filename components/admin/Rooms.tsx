import type { ViewOf } from "../../lib/shared/admin_page_props.ts";
import { DataTable } from "./DataTable.tsx";
import { DeedButton } from "./DeedButton.tsx";
import { Empty, Filters, Pager, SearchForm } from "./ListTools.tsx";
import { Occupancy, RoomCode, RoomLink, Traits } from "./RoomTraits.tsx";
import type { Scene } from "./scene.ts";
import { When } from "./When.tsx";

/** All rooms, newest first. */
export function Rooms({ scene, view }: { scene: Scene; view: ViewOf<"rooms"> }) {
  const { t } = scene;
  const { query, list } = view;
  const tools = { t, section: "rooms", query } as const;
  const choices = [
    { label: t("admin.filter_all"), wishes: { active: undefined, occupied: undefined } },
    { label: t("admin.rooms_live"), wishes: { active: undefined, occupied: true } },
    { label: t("admin.rooms_open"), wishes: { active: true, occupied: undefined } },
    { label: t("admin.rooms_ended"), wishes: { active: false, occupied: undefined } },
  ];
  return (
    <>
      <SearchForm {...tools} label={t("admin.rooms_search")} />
      <Filters {...tools} choices={choices} />
      {list.items.length === 0
        ? <Empty {...tools}>{t("admin.rooms_empty")}</Empty>
        : <RoomTable scene={scene} rooms={list.items} />}
      <Pager {...tools} page={list} />
    </>
  );
}

function RoomTable({ scene, rooms }: { scene: Scene; rooms: ViewOf<"rooms">["list"]["items"] }) {
  const { t } = scene;
  return (
    <DataTable
      label={t("admin.page_rooms")}
      rows={rooms}
      rowKey={(room) => room.room_id}
      testId="admin-rooms"
      rowTestId="admin-room-row"
      columns={[
        {
          key: "name",
          label: t("admin.room_name"),
          cell: (room) => (
            <>
              <RoomLink t={t} room={room} />
              <Traits t={t} room={room} />
            </>
          ),
        },
        {
          key: "code",
          label: t("admin.room_code"),
          cell: (room) => <RoomCode code={room.room_code} />,
        },
        {
          key: "people",
          label: t("admin.in_it_now"),
          cell: (room) => <Occupancy scene={scene} room={room} />,
        },
        { key: "by", label: t("admin.made_by"), cell: (room) => room.created_by_name },
        {
          key: "made",
          label: t("admin.made"),
          cell: (room) => <When scene={scene} at={room.created_at} />,
        },
      ]}
      action={{
        label: t("admin.actions"),
        cell: (room) =>
          room.is_active && (
            <DeedButton
              scene={scene}
              deed={{ kind: "end_room", id: room.room_id, name: room.room_name }}
              testId="admin-end-room"
            />
          ),
      }}
    />
  );
}
