import { api } from "../../lib/server/http/api.ts";
import { metricsResponse, requireMetricsReader } from "../../lib/server/http/metrics.ts";

export const handlers = api({
  async GET(call) {
    await requireMetricsReader(call);
    return await metricsResponse(call.req);
  },
});
