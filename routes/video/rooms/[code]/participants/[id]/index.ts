import { api, noContent } from "../../../../../../lib/server/http/api.ts";
import { RemoveQuery } from "../../../../../../lib/shared/protocol/moderation.ts";

export const handlers = api({
  async DELETE(call) {
    const caller = await call.caller();
    const target = call.id("id");
    const { ban, reason } = call.query(RemoveQuery);
    await call.services.moderation.perform(
      call.param("code"),
      caller,
      ban ? { action: "ban", target, reason } : { action: "remove", target },
    );
    return noContent();
  },
});
