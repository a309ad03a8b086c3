/**
 * What no honest client sends. Every answer must be one that the reference documents, which
 * `app.ask` sees to, and none may be a failure of ours.
 */
import assert from "node:assert/strict";
import { OPERATIONS } from "../../lib/shared/protocol/operations.ts";
import type { Operation } from "../../lib/shared/protocol/operations_model.ts";
import { startApp } from "./app.ts";
import { CLEANUPS, PREPARATIONS } from "./contract_recipes.ts";
import { exampleOf, filled, type Request, type Scene, send, setScene } from "./contract_scene.ts";

const ODD_PARTS = [
  "%00",
  "%ff",
  "%u0041",
  "..%2f..%2fetc%2fpasswd",
  "-1",
  "0",
  "1e3",
  "0x10",
  "9".repeat(30),
  "all",
  "__proto__",
  "%D0%BA%D0%BE%D0%BC%D0%BD%D0%B0%D1%82%D0%B0",
  "x".repeat(4_000),
];

const ODD_BODIES = [
  "",
  " ",
  "null",
  "0",
  '"text"',
  "[]",
  "[".repeat(30_000),
  '{"__proto__": {"admin": true}, "constructor": 1}',
  '{"a": 1, "a": 2}',
  '{"\\ud800": "\\udfff"}',
  "\ufeff{}",
  "{\u0000}",
  "{} {}",
  "1e999",
];

const ODD_TYPES = [
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/json; charset=utf-16",
  "application/problem+json",
  "nonsense",
];

const ODD_HEADERS = ["", "-1", "1e3", "9".repeat(30), "bytes=-", "sha256 x", "filetype !", "a,b,c"];

const ODD_VALUES = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  "",
  " ",
  "\u0000",
  "\ud800",
  "\u202egnp.exe",
  "👩‍👩‍👧‍👦".repeat(64),
  "x".repeat(20_000),
  [],
  {},
];

/** With every value of `odd` in the place of each field of the example, one at a time. */
function* oddFields(example: Record<string, unknown>): Generator<Record<string, unknown>> {
  for (const name of Object.keys(example)) {
    for (const value of ODD_VALUES) yield { ...example, [name]: value };
  }
}

function* oddRequests(operation: Operation, scene: Scene): Generator<Request> {
  const request = exampleOf(operation, scene);
  const [path = ""] = request.path.split("?");
  for (const { variable } of Object.values(operation.params ?? {})) {
    for (const part of ODD_PARTS) {
      yield exampleOf(operation, { ...scene, variables: { ...scene.variables, [variable]: part } });
    }
  }
  for (const name of Object.keys(operation.query?.schema.shape ?? {})) {
    for (const value of ["", "x", "-1", "1e999", "%00", "%ff", "9".repeat(30), "x".repeat(4_000)]) {
      yield { ...request, path: `${path}?${name}=${value}` };
      yield { ...request, path: `${path}?${name}=1&${name}=${value}` };
    }
  }
  for (const name of Object.keys(operation.headers?.schema.shape ?? {})) {
    for (const value of ODD_HEADERS) {
      yield { ...request, headers: { ...request.headers, [name]: value } };
    }
  }
  if (operation.body === undefined) return;
  for (const body of ODD_BODIES) yield { ...request, body };
  for (const type of ODD_TYPES) yield { ...request, headers: { "content-type": type } };
  const example = JSON.parse(filled(JSON.stringify(operation.body.example), scene.variables));
  for (const body of oddFields(example)) yield { ...request, body: JSON.stringify(body) };
}

Deno.test("odd requests get documented answers", async (t) => {
  const app = await startApp();
  for (const operation of OPERATIONS) {
    await t.step(`${operation.method} ${operation.path}`, async () => {
      const scene = await setScene(app);
      await PREPARATIONS[operation.id]?.(scene);
      let number = 0;
      for (const request of oddRequests(operation, scene)) {
        // An address of its own: the limits are not what this is about.
        const from = `10.200.${number >> 8}.${number++ & 255}`;
        const { status, body } = await send(scene, { ...request, from });
        const sent = JSON.stringify([request.path, request.body]).slice(0, 300);
        assert.ok(status < 500, `${status} ${JSON.stringify(body)} to ${sent}`);
      }
      await CLEANUPS[operation.id]?.(scene);
    });
  }
  await app.stop();
});
