import { formatRoomCode } from "../../lib/shared/domain/room_code_input.ts";
import type { AdminRoom } from "../../lib/shared/protocol/admin.ts";
import { roomAddress } from "./addresses.ts";
import { Badge } from "./Badge.tsx";
import type { AdminWords, Scene } from "./scene.ts";
import { When } from "./When.tsx";

/** The name of a room, leading to its page. */
export function RoomLink(
  { t, room }: { t: AdminWords; room: Pick<AdminRoom, "room_id" | "room_name"> },
) {
  return (
    <a
      href={roomAddress(room.room_id)}
      class="-my-3 inline-block rounded-lg py-3 break-words underline
        decoration-line decoration-2 underline-offset-4 hover:decoration-accent"
      aria-label={t("admin.open_room", { name: room.room_name })}
      data-testid="admin-room-link"
    >
      {room.room_name}
    </a>
  );
}

export function RoomCode({ code }: { code: string }) {
  return <span class="font-mono text-sm whitespace-nowrap">{formatRoomCode(code)}</span>;
}

/** How many are in it, or that it is over. */
export function Occupancy({ scene, room }: { scene: Scene; room: AdminRoom }) {
  const { t } = scene;
  if (room.ended_at !== null) return <Badge>{t("admin.ended")}</Badge>;
  if (room.participants === 0) return <span class="text-muted">{t("admin.nobody")}</span>;
  return <Badge tone="good">{t("admin.count_people", { count: room.participants })}</Badge>;
}

/** What is special about a room; nothing for most. */
export function Traits({ t, room }: { t: AdminWords; room: AdminRoom }) {
  const traits = [
    room.is_private && t("admin.is_private"),
    room.waiting_room_enabled && t("admin.waiting_room"),
    room.is_locked && t("admin.room_locked"),
  ].filter((trait) => trait !== false);
  if (traits.length === 0) return null;
  return <span class="block text-sm font-normal text-muted">{traits.join(" · ")}</span>;
}

export function MadeOrEnded({ scene, room }: { scene: Scene; room: AdminRoom }) {
  return <When scene={scene} at={room.ended_at ?? room.created_at} />;
}
