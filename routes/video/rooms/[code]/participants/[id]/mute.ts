import { api } from "../../../../../../lib/server/http/api.ts";
import { participantToWire } from "../../../../../../lib/server/services/wire.ts";
import { Mute } from "../../../../../../lib/shared/protocol/moderation.ts";

export const handlers = api({
  async POST(call) {
    const caller = await call.caller();
    const target = call.idOrAll("id");
    const mute = await call.body(Mute);
    const command = { action: "mute", target, mute } as const;
    const rows = await call.services.moderation.perform(call.param("code"), caller, command);
    const people = rows.map(participantToWire);
    return Response.json(target === null ? people : people[0]);
  },
});
