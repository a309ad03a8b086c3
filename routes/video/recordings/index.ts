import { api } from "../../../lib/server/http/api.ts";
import { RecordingListQuery } from "../../../lib/shared/protocol/recordings.ts";

export const handlers = api({
  async GET(call) {
    const caller = await call.caller();
    return Response.json(
      await call.services.recordings.list(caller, call.query(RecordingListQuery)),
    );
  },
});
