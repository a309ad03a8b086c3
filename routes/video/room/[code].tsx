import Room from "../../../islands/Room.tsx";
import type { RouteContext } from "../../../lib/server/http/api.ts";
import { PageCall, publicUser, seeOther } from "../../../lib/server/http/page.ts";
import { messagesFor, translate } from "../../../lib/shared/i18n/translate.ts";
import { type PageData, ROOM_NAMESPACES } from "../../../lib/shared/page_props.ts";
import type { PublicUser } from "../../../lib/shared/protocol/auth.ts";
import type { VideoRoom } from "../../../lib/shared/protocol/rooms.ts";
import { Page } from "../../_page.tsx";

interface Data extends PageData {
  room: VideoRoom;
  user: PublicUser;
}

export const handlers = {
  async GET(context: RouteContext): Promise<Response | { data: Data }> {
    const call = new PageCall(context);
    const visitor = await call.visitor();
    if (visitor === null) return seeOther(`/login?next=${encodeURIComponent(call.data.path)}`);
    const room = await call.room(visitor);
    return { data: { ...call.data, room, user: publicUser(visitor) } };
  },
};

export default function RoomPage({ data: { locale, room, user } }: { data: Data }) {
  return (
    <Page locale={locale} title={translate(locale, "lobby.page_title", { room: room.room_name })}>
      <Room
        locale={locale}
        messages={messagesFor(locale, ...ROOM_NAMESPACES)}
        room={room}
        user={user}
      />
    </Page>
  );
}
