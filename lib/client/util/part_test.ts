import assert from "node:assert/strict";
import { Part } from "./part.ts";

function setup() {
  const loads: PromiseWithResolvers<string>[] = [];
  let failures = 0;
  const part = new Part(() => {
    const load = Promise.withResolvers<string>();
    loads.push(load);
    return load.promise;
  }, () => failures++);
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return { part, loads, settle, failures: () => failures };
}

Deno.test("a part is shown once it is loaded", async () => {
  const { part, loads, settle } = setup();
  part.open();
  assert.equal(part.shown.value, null);
  loads[0]?.resolve("panel");
  await settle();
  assert.equal(part.shown.value, "panel");
  part.toggle();
  assert.equal(part.shown.value, null);
});

Deno.test("a part that was closed while it loaded stays closed", async () => {
  const { part, loads, settle } = setup();
  part.open();
  part.close();
  loads[0]?.resolve("panel");
  await settle();
  assert.equal(part.shown.value, null);
});

Deno.test("a part that does not load says so, and may be asked for again", async () => {
  const { part, loads, settle, failures } = setup();
  part.toggle();
  loads[0]?.reject(new TypeError("Failed to fetch dynamically imported module"));
  await settle();
  assert.equal(failures(), 1);
  part.toggle();
  loads[1]?.resolve("panel");
  await settle();
  assert.equal(part.shown.value, "panel");
});
