import { Lock } from "lucide-preact";
import { formatRoomCode } from "../../lib/shared/domain/room_code_input.ts";
import type { VideoRoom } from "../../lib/shared/protocol/rooms.ts";
import { CopyButton } from "../ui/CopyButton.tsx";
import type { HomeWords } from "../home_words.ts";

interface RoomListProps {
  t: HomeWords;
  rooms: readonly VideoRoom[];
}

export function RoomList({ t, rooms }: RoomListProps) {
  if (rooms.length === 0) return <p class="text-muted">{t("home.no_rooms")}</p>;
  return (
    <ul class="divide-y divide-line border-y border-line" data-testid="my-rooms">
      {rooms.map((room) => <RoomRow key={room.room_code} t={t} room={room} />)}
    </ul>
  );
}

function RoomRow({ t, room }: { t: HomeWords; room: VideoRoom }) {
  return (
    <li class="group relative flex items-center gap-3 py-2">
      <a
        href={`/video/room/${room.room_code}`}
        class="flex min-h-12 min-w-0 grow items-center gap-4 rounded-lg after:absolute
          after:inset-0 after:rounded-lg"
        aria-label={t("home.open_room", { name: room.room_name })}
        data-testid="room-link"
      >
        <span class="truncate font-semibold group-hover:text-accent">{room.room_name}</span>
        {room.is_private && <Lock class="size-4 shrink-0 text-muted" aria-hidden="true" />}
        <span class="ml-auto shrink-0 font-mono text-sm text-muted">
          {formatRoomCode(room.room_code)}
        </span>
      </a>
      <CopyButton
        text={room.room_url}
        label={t("home.copy_link", { name: room.room_name })}
        copied={t("home.link_copied")}
        look="bare"
        class="relative z-1"
      />
    </li>
  );
}
