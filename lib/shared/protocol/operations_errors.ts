/** What an error says beside `detail` and `error_code`: machine words and numbers. */
import { z } from "zod";
import type { ErrorCode } from "./errors.ts";

const Seconds = z.int().min(1);

/** One mistake in a request. */
export const FieldProblem = z.object({
  /** Path in the body or name in the query; also `Content-Type` and `Host`. Empty: the whole. */
  field: z.string(),
  /** As in `too_big`, `invalid_type`, `unprintable`. */
  reason: z.string(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  format: z.string().optional(),
  expected: z.string().optional(),
  values: z.array(z.unknown()).optional(),
});

export const ERROR_FACTS: Readonly<Partial<Record<ErrorCode, z.ZodObject>>> = {
  VALIDATION_ERROR: z.object({ fields: z.array(FieldProblem) }),
  PAYLOAD_TOO_LARGE: z.object({ max_bytes: z.int() }),
  ROOM_FULL: z.object({ max_participants: z.int(), current_participants: z.int() }),
  TOO_MANY_REQUESTS: z.object({ retry_after: Seconds }),
  DENIED: z.object({ retry_after: Seconds }),
  UPLOAD_OFFSET_MISMATCH: z.object({ upload_offset: z.int().min(0) }),
  RANGE_NOT_SATISFIABLE: z.object({ file_size: z.int().min(0) }),
  /** `limit`: of all recordings together, as configured. `disk`: of the disk. */
  STORAGE_FULL: z.object({ reason: z.enum(["limit", "disk"]) }),
  /** In moderation: which rule stands in the way. */
  CONFLICT: z.object({
    reason: z.enum(["yourself", "creator", "guest", "not_guest", "last_host"]).optional(),
  }),
  /** As in the header `X-Request-Id`; a trusted proxy may have chosen it. */
  INTERNAL_ERROR: z.object({ request_id: z.string() }),
  UNAVAILABLE: z.object({
    request_id: z.string().optional(),
    /** Of the health check, with the parts that did not answer. */
    status: z.literal("unavailable").optional(),
    failed: z.array(z.enum(["hub", "database"])).optional(),
  }),
};

/** The facts of the examples in the reference. */
export const ERROR_FACT_EXAMPLES: Readonly<Partial<Record<ErrorCode, Record<string, unknown>>>> = {
  VALIDATION_ERROR: {
    fields: [{ field: "max_participants", reason: "too_big", maximum: 50 }],
  },
  PAYLOAD_TOO_LARGE: { max_bytes: 65_536 },
  ROOM_FULL: { max_participants: 50, current_participants: 50 },
  TOO_MANY_REQUESTS: { retry_after: 42 },
  DENIED: { retry_after: 30 },
  UPLOAD_OFFSET_MISMATCH: { upload_offset: 1_048_576 },
  RANGE_NOT_SATISFIABLE: { file_size: 1024 },
  STORAGE_FULL: { reason: "disk" },
  INTERNAL_ERROR: { request_id: "6f1c2d9e-0d5a-4c0f-9b1e-2f8f5a7d3c10" },
};
