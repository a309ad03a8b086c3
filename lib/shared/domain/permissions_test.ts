import assert from "node:assert/strict";
import { can, permissionsOf } from "./permissions.ts";

Deno.test("hosts and moderators lead, others do not, strangers may nothing", () => {
  const roles = ["host", "moderator", "participant", "guest", null] as const;
  const allowed = (action: Parameters<typeof can>[1]) => roles.filter((role) => can(role, action));
  assert.deepEqual(allowed("update_room"), ["host", "moderator"]);
  assert.deepEqual(allowed("invite_guests"), ["host", "moderator"]);
  assert.deepEqual(allowed("end_room"), ["host"]);
});

Deno.test("the documents' three flags", () => {
  const all = { can_mute_others: true, can_remove_others: true, can_start_recording: true };
  const none = { can_mute_others: false, can_remove_others: false, can_start_recording: false };
  assert.deepEqual(permissionsOf("host"), all);
  assert.deepEqual(permissionsOf("moderator"), all);
  assert.deepEqual(permissionsOf("participant"), none);
  assert.deepEqual(permissionsOf("guest"), none);
});
