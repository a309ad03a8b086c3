/** Reading a request body: bounded, JSON only, judged by a schema. */
import { z } from "zod";
import { MAX_JSON_BODY_BYTES } from "../../shared/protocol/limits.ts";
import { AppError } from "../app_error.ts";

/**
 * The body as the schema makes it; an empty one counts as `{}`.
 * @throws AppError PAYLOAD_TOO_LARGE, MALFORMED_JSON, VALIDATION_ERROR
 */
export async function readBody<T>(req: Request, schema: z.ZodType<T>): Promise<T> {
  const bytes = await readBytes(req);
  if (bytes.length === 0) return validate(schema, {});
  // A form on a foreign page can send any text, but not with this type.
  const type = req.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new AppError("VALIDATION_ERROR", {
      fields: [{ field: "Content-Type", reason: "invalid_value", expected: "application/json" }],
    });
  }
  return validate(schema, parseJson(bytes));
}

/** @throws AppError VALIDATION_ERROR with one entry in `fields` per mistake */
export function validate<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AppError("VALIDATION_ERROR", { fields: result.error.issues.map(describe) });
}

/** Machine words and numbers only, so they need no translation. */
function describe(issue: z.core.$ZodIssue): Record<string, unknown> {
  const { code, path, message, ...facts }: z.core.$ZodIssue & Record<string, unknown> = {
    ...issue,
  };
  const { minimum, maximum, format, expected, values } = facts;
  const reason = code === "custom" ? message : code;
  return { field: path.join("."), reason, minimum, maximum, format, expected, values };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError("MALFORMED_JSON", {}, { cause });
  }
}

/** Counted while it arrives: a declared length may be missing or a lie. */
async function readBytes(req: Request): Promise<Uint8Array> {
  const tooLarge = () => new AppError("PAYLOAD_TOO_LARGE", { max_bytes: MAX_JSON_BODY_BYTES });
  if (Number(req.headers.get("content-length") ?? 0) > MAX_JSON_BODY_BYTES) throw tooLarge();
  const bytes = new Uint8Array(MAX_JSON_BODY_BYTES);
  let length = 0;
  for await (const chunk of req.body ?? []) {
    if (length + chunk.length > MAX_JSON_BODY_BYTES) throw tooLarge();
    bytes.set(chunk, length);
    length += chunk.length;
  }
  return bytes.subarray(0, length);
}
