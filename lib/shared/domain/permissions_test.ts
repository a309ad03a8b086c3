import assert from "node:assert/strict";
import { can, leads, permissionsOf, ROOM_ACTIONS, type RoomAction } from "./permissions.ts";

const ROLES = ["host", "moderator", "participant", "guest"] as const;

Deno.test("hosts may do everything to anyone", () => {
  for (const action of ROOM_ACTIONS) {
    assert.ok(can("host", action), action);
    for (const target of ROLES) assert.ok(can("host", action, target), `${action} ${target}`);
  }
});

Deno.test("moderators may not end, give roles or delete recordings, nor act on those who lead", () => {
  const reserved: RoomAction[] = ["end_room", "set_role", "delete_recordings"];
  for (const action of ROOM_ACTIONS) {
    const allowed = !reserved.includes(action);
    assert.equal(can("moderator", action), allowed, action);
    assert.deepEqual(
      ROLES.filter((target) => can("moderator", action, target)),
      allowed ? ["participant", "guest"] : [],
      action,
    );
  }
});

Deno.test("participants, guests and strangers may nothing", () => {
  for (const action of ROOM_ACTIONS) {
    for (const role of ["participant", "guest", null] as const) {
      assert.equal(can(role, action), false);
      for (const target of ROLES) assert.equal(can(role, action, target), false);
    }
  }
});

Deno.test("who leads, and the documents' three flags", () => {
  for (const role of ROLES) {
    const may = role === "host" || role === "moderator";
    assert.equal(leads(role), may);
    assert.deepEqual(permissionsOf(role), {
      can_mute_others: may,
      can_remove_others: may,
      can_start_recording: may,
    });
  }
  assert.equal(leads(null), false);
});
