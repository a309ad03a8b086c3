/**
 * Holds answers to what is written down of the operations (lib/shared/protocol/operations.ts): no
 * status, no error code and no field that the reference does not know.
 */
import assert from "node:assert/strict";
import { z } from "zod";
import { ERROR_STATUS, type ErrorCode } from "../../lib/shared/protocol/errors.ts";
import { findOperation } from "../../lib/shared/protocol/operations.ts";
import { ERROR_FACTS } from "../../lib/shared/protocol/operations_errors.ts";
import { errorsOf, type Operation } from "../../lib/shared/protocol/operations_model.ts";

export interface Answered {
  method: string;
  /** Query included. */
  path: string;
  status: number;
  headers: Headers;
  /** Parsed where it is JSON. */
  body: unknown;
}

/** @throws AssertionError that says what the reference lacks, or what the answer has too much */
export function assertDocumented(answered: Answered): void {
  const { method, path, status, body, headers } = answered;
  const [pathname = ""] = path.split("?");
  const operation = findOperation(method, pathname);
  if (operation === undefined) return;
  const what = `${method} ${operation.path} answered ${status}`;
  if (status >= 400) assertError(operation, { what, answered });
  else assertAnswer(operation, { what, answered });
  if (status === 204) assert.equal(body, "", what);
  assert.equal(headers.get("x-content-type-options"), "nosniff", what);
}

interface Case {
  what: string;
  answered: Answered;
}

function assertAnswer(operation: Operation, { what, answered }: Case): void {
  const { method, status, headers, body } = answered;
  const answer = operation.answers.find((each) => each.status === status);
  assert.ok(answer, `${what}: not among the answers of ${operation.id}`);
  for (const name of Object.keys(answer.headers ?? {})) {
    // What goes over the wire may be compressed or chunked; that is not ours to say.
    if (name !== "Content-Length") assert.ok(headers.get(name), `${what} without ${name}`);
  }
  if (answer.type !== undefined) {
    return assert.equal(headers.get("content-type"), answer.type, what);
  }
  if (answer.schema === undefined) return;
  const type = headers.get("content-type")?.split(";")[0] ?? "none";
  if (answer.otherTypes?.includes(type)) return;
  assert.equal(type, "application/json", what);
  if (method !== "HEAD") assertShape(answer.schema, body, what);
}

function assertError(operation: Operation, { what, answered }: Case): void {
  const { method, status, headers, body } = answered;
  assert.equal(headers.get("content-type"), "application/json", what);
  assert.match(headers.get("content-language") ?? "", /^(en|ru)$/, what);
  if (status === 405) assert.ok(headers.get("allow"), `${what} without Allow`);
  if (status === 401) assert.equal(headers.get("www-authenticate"), "Bearer", what);
  if (status === 429) assert.match(headers.get("retry-after") ?? "", /^[1-9]\d*$/, what);
  if (method === "HEAD") return;
  const { detail, error_code, ...facts } = body as Record<string, unknown>;
  assert.equal(typeof detail, "string", what);
  const code = error_code as ErrorCode;
  assert.equal(ERROR_STATUS[code], status, `${what} ${code}`);
  const documented = errorsOf(operation).includes(code);
  assert.ok(documented, `${what} ${code}: not among the errors of ${operation.id}`);
  assertShape(ERROR_FACTS[code] ?? z.object({}), facts, `${what} ${code}`);
}

/** What the schema would leave out is a field too many. */
function assertShape(schema: z.ZodType, body: unknown, what: string): void {
  const { success, data, error } = schema.safeParse(body);
  assert.ok(success, `${what}: ${error && z.prettifyError(error)}`);
  assert.deepEqual(body, data, `${what}: fields that the reference does not know`);
}
