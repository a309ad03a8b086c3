/**
 * Out of the reference: each operation works as its example says, and answers every error that it
 * documents. Every answer is held to the reference besides (`contract.ts`).
 */
import assert from "node:assert/strict";
import { ERROR_STATUS } from "../../lib/shared/protocol/errors.ts";
import { OPERATIONS } from "../../lib/shared/protocol/operations.ts";
import { errorsOf, GROUPS, type Operation } from "../../lib/shared/protocol/operations_model.ts";
import { startApp } from "./app.ts";
import { CLEANUPS, PREPARATIONS, recipeFor } from "./contract_recipes.ts";
import { exampleOf, send, setScene } from "./contract_scene.ts";

/** With a name that others are turned away for. */
const ENVIRONMENT = { ALLOWED_HOSTS: "call.example.com" };

/** Brought about by a broken database, further down. */
const FAILURES = new Set(["INTERNAL_ERROR", "UNAVAILABLE"]);
/** These work without one: who is not signed in has nothing to sign out of. */
const NEEDS_NO_DATABASE = new Set(["getOpenApi", "signOut", "getPeerId"]);

const named = ({ method, path }: Operation) => `${method} ${path}`;

for (const group of GROUPS) {
  const operations = OPERATIONS.filter((operation) => operation.group === group);

  Deno.test(`${group}: examples`, async (t) => {
    const app = await startApp(ENVIRONMENT);
    for (const operation of operations) {
      await t.step(named(operation), async () => {
        const scene = await setScene(app);
        await PREPARATIONS[operation.id]?.(scene);
        const { status, body } = await send(scene, exampleOf(operation, scene));
        assert.equal(status, operation.answers[0].status, JSON.stringify(body));
        await CLEANUPS[operation.id]?.(scene);
      });
    }
    await app.stop();
  });

  Deno.test(`${group}: errors`, async (t) => {
    const app = await startApp(ENVIRONMENT);
    for (const operation of operations) {
      for (const code of errorsOf(operation).filter((each) => !FAILURES.has(each))) {
        await t.step(`${named(operation)} ${code}`, async () => {
          const recipe = recipeFor(operation, code);
          assert.ok(recipe, "contract_recipes.ts does not say how to bring this about");
          const scene = await setScene(app);
          await PREPARATIONS[operation.id]?.(scene);
          const { status, body } = await recipe(operation, scene);
          assert.equal(body.error_code, code, JSON.stringify(body));
          assert.equal(status, ERROR_STATUS[code]);
        });
      }
    }
    await app.stop();
  });
}

Deno.test("every operation survives a database that fails", async (t) => {
  const app = await startApp();
  const { kv } = app.container;
  const { get, getMany, set, atomic, list } = kv;
  for (const operation of OPERATIONS.filter(({ id }) => !NEEDS_NO_DATABASE.has(id))) {
    await t.step(named(operation), async () => {
      const scene = await setScene(app);
      await PREPARATIONS[operation.id]?.(scene);
      const request = exampleOf(operation, scene);
      const fail = () => Promise.reject(new TypeError("database or disk is full: Error code 13"));
      const failNow = () => {
        throw new TypeError("database or disk is full: Error code 13");
      };
      Object.assign(kv, { get: fail, getMany: fail, set: fail, atomic: failNow, list: failNow });
      const { status } = await send(scene, request).finally(() =>
        Object.assign(kv, { get, getMany, set, atomic, list })
      );
      assert.equal(status, 503);
    });
  }
  await app.stop();
});
