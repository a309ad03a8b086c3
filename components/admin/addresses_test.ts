import assert from "node:assert/strict";
import { addressOf } from "./addresses.ts";

Deno.test("an address holds only what was wished for", () => {
  assert.equal(addressOf("rooms"), "/admin/rooms");
  assert.equal(
    addressOf("rooms", { q: "", offset: 0, limit: 20, active: undefined }),
    "/admin/rooms",
  );
  assert.equal(
    addressOf("rooms", { q: "a b", active: false, offset: 20 }),
    "/admin/rooms?q=a+b&active=false&offset=20",
  );
});
