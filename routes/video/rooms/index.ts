import { api } from "../../../lib/server/http/api.ts";
import { roomToWire } from "../../../lib/server/services/wire.ts";
import { CreateRoom, RoomListQuery } from "../../../lib/shared/protocol/rooms.ts";

export const handlers = api({
  async GET(call) {
    const caller = await call.caller();
    const rooms = await call.services.rooms.list(caller, call.query(RoomListQuery));
    return Response.json(rooms.map((room) => roomToWire(room, call.origin)));
  },

  async POST(call) {
    const caller = await call.caller();
    const room = await call.services.rooms.create(caller, await call.body(CreateRoom));
    return Response.json(roomToWire(room, call.origin), { status: 201 });
  },
});
