import { api } from "../../../../../../lib/server/http/api.ts";
import { participantToWire } from "../../../../../../lib/server/services/wire.ts";
import { SetRole } from "../../../../../../lib/shared/protocol/moderation.ts";

export const handlers = api({
  async POST(call) {
    const caller = await call.caller();
    const target = call.id("id");
    const { role } = await call.body(SetRole);
    const command = { action: "set_role", target, role } as const;
    const rows = await call.services.moderation.perform(call.param("code"), caller, command);
    return Response.json(rows.map(participantToWire)[0]);
  },
});
