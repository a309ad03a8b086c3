/** `/api/metrics/`: who may read it, and in which form. */
import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { container } from "../container.ts";
import type { ApiCall } from "./api.ts";

/** Administrators, and whoever shows `METRICS_TOKEN`. @throws AppError as `ApiCall.admin` */
export async function requireMetricsReader(call: ApiCall): Promise<void> {
  const expected = container().config.metricsToken;
  const shown = /^bearer +(\S+)$/i.exec(call.req.headers.get("authorization") ?? "")?.[1];
  if (expected !== null && shown !== undefined && isSame(shown, expected)) return;
  await call.admin();
}

/** Prometheus text, or JSON for those who ask for it. */
export async function metricsResponse(req: Request): Promise<Response> {
  const { metrics } = container();
  if (req.headers.get("accept")?.includes("application/json")) {
    return Response.json({ metrics: await metrics.json() });
  }
  return new Response(await metrics.text(), { headers: { "content-type": metrics.contentType } });
}

/** In a time that tells nothing of where they differ. */
function isSame(shown: string, expected: string): boolean {
  const [one, other] = [Buffer.from(shown), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
