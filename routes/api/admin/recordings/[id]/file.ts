import { api } from "../../../../../lib/server/http/api.ts";
import { storedFile } from "../../../../../lib/server/http/stored_file.ts";

export const handlers = api({
  async GET(call) {
    await call.admin();
    const file = await call.services.adminRecordings.file(call.id("id"), "video");
    return await storedFile(call, file);
  },
});
