import { api, noContent } from "../../../../lib/server/http/api.ts";
import { roomToWire } from "../../../../lib/server/services/wire.ts";
import { UpdateRoom } from "../../../../lib/shared/protocol/rooms.ts";

export const handlers = api({
  async GET(call) {
    const room = await call.services.rooms.view(call.param("code"), await call.caller());
    return Response.json(roomToWire(room, call.origin));
  },

  async PATCH(call) {
    const caller = await call.caller();
    const changes = await call.body(UpdateRoom);
    const room = await call.services.rooms.update(call.param("code"), caller, changes);
    return Response.json(roomToWire(room, call.origin));
  },

  async DELETE(call) {
    await call.services.rooms.end(call.param("code"), await call.caller());
    return noContent();
  },
});
