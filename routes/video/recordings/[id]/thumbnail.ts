import { api } from "../../../../lib/server/http/api.ts";
import { storedFile } from "../../../../lib/server/http/stored_file.ts";

export const handlers = api({
  async GET(call) {
    const caller = await call.caller();
    const file = await call.services.recordings.file(call.id("id"), caller, "thumbnail");
    return await storedFile(call, file);
  },
});
