/** The server itself. */
import { z } from "zod";
import { answer, type Operation } from "./operations_model.ts";

/** Answer of `GET /api/health`. */
export const Health = z.object({
  status: z.literal("ok"),
  /** Changes with every start of the server. */
  boot_id: z.string(),
  server_time: z.iso.datetime(),
});

/** Answer of `GET /api/metrics` as JSON. */
export const Metrics = z.object({
  metrics: z.array(z.looseObject({
    name: z.string(),
    help: z.string(),
    type: z.string(),
    values: z.array(z.looseObject({ value: z.number() })),
  })),
});

/** An OpenAPI 3.1 document. */
const OpenApi = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.unknown()),
});

export const SERVER_OPERATIONS: readonly Operation[] = [
  {
    id: "getHealth",
    group: "Server",
    method: "GET",
    path: "/api/health/",
    summary: "Whether the server works",
    details: "Asks the parts it is made of, each with a time limit. The slash may be left out.",
    who: "anyone",
    answers: [
      answer(200, {
        description: "It does",
        schema: Health,
        example: {
          status: "ok",
          boot_id: "0d2ff2b5-4f3e-4b57-8d4a-0e4a6f2f8f11",
          server_time: "2024-01-01T12:00:00.000Z",
        },
      }),
    ],
  },
  {
    id: "getMetrics",
    group: "Server",
    method: "GET",
    path: "/api/metrics/",
    summary: "What the server counts and measures",
    details:
      "Prometheus text, or JSON with `Accept: application/json`. The token of METRICS_TOKEN " +
      "will do as well. The slash may be left out.",
    who: "admin",
    answers: [{
      ...answer(200, {
        description: "All metrics",
        schema: Metrics,
        example: {
          metrics: [{
            name: "videocall_rooms",
            help: "Rooms with somebody in them.",
            type: "gauge",
            values: [{ value: 1, labels: {} }],
          }],
        },
      }),
      otherTypes: ["text/plain"],
    }],
  },
  {
    id: "getOpenApi",
    group: "Server",
    method: "GET",
    path: "/api/openapi.json",
    summary: "This reference, for programs",
    who: "anyone",
    answers: [
      answer(200, {
        description: "An OpenAPI 3.1 document",
        schema: OpenApi,
        example: { openapi: "3.1.1", info: { title: "Video calls", version: "1.0.0" }, paths: {} },
      }),
    ],
  },
];
