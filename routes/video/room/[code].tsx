import Room from "../../../islands/Room.tsx";
import type { RouteContext } from "../../../lib/server/http/api.ts";
import { PageCall, publicUser, seeOther } from "../../../lib/server/http/page.ts";
import { ROOM_ENTRY } from "../../../lib/server/http/room_entry.ts";
import { messagesFor, translate } from "../../../lib/shared/i18n/translate.ts";
import { type PageData, ROOM_NAMESPACES, type RoomDoor } from "../../../lib/shared/page_props.ts";
import type { PublicUser } from "../../../lib/shared/protocol/auth.ts";
import { Page } from "../../_page.tsx";

interface Data extends PageData {
  room: RoomDoor;
  user: PublicUser;
  returning: boolean;
}

export const handlers = {
  async GET(context: RouteContext): Promise<Response | { data: Data }> {
    const call = new PageCall(context);
    const visitor = await call.visitor();
    if (visitor === null) return seeOther(`/login?next=${encodeURIComponent(call.data.path)}`);
    const { room_name, room_code, room_url } = await call.room(visitor);
    const room = { room_name, room_code, room_url };
    const { returning } = call;
    return { data: { ...call.data, room, user: publicUser(visitor), returning } };
  },
};

export default function RoomPage({ data: { locale, room, user, returning } }: { data: Data }) {
  return (
    <Page
      locale={locale}
      title={translate(locale, "lobby.page_title", { room: room.room_name })}
      firstScript={{ text: ROOM_ENTRY, userId: user.user_id }}
    >
      <Room
        locale={locale}
        messages={messagesFor(locale, ...ROOM_NAMESPACES)}
        room={room}
        user={user}
        returning={returning}
      />
    </Page>
  );
}
