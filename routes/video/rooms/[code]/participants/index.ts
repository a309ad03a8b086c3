import { api } from "../../../../../lib/server/http/api.ts";
import { participantToWire } from "../../../../../lib/server/services/wire.ts";

export const handlers = api({
  async GET(call) {
    const rows = await call.services.participants.list(call.param("code"), await call.caller());
    return Response.json(rows.map(participantToWire));
  },
});
