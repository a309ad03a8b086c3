import assert from "node:assert/strict";
import type { Role, VideoParticipant } from "../../../lib/shared/protocol/participants.ts";
import { actionsOn } from "./person_actions.ts";

function someone(id: number, role: Role, more: Partial<VideoParticipant> = {}): VideoParticipant {
  return {
    participant_id: id,
    room_id: 1,
    user_id: id,
    user_name: `Person ${id}`,
    user_avatar: null,
    joined_at: "2026-01-01T00:00:00.000Z",
    is_online: true,
    is_muted: false,
    is_video_enabled: true,
    is_screen_sharing: false,
    is_hand_raised: false,
    is_audio_locked: false,
    is_video_locked: false,
    is_screen_locked: false,
    is_guest: role === "guest",
    role,
    permissions: { can_mute_others: false, can_remove_others: false, can_start_recording: false },
    capabilities: [],
    ...more,
  };
}

const host = someone(1, "host");

Deno.test("a host may do everything to somebody else", () => {
  const target = someone(2, "participant");
  assert.deepEqual(actionsOn({ self: host, target, otherHost: false }), [
    "mute",
    "lock_audio",
    "stop_video",
    "role_host",
    "role_moderator",
    "remove",
    "ban",
  ]);
});

Deno.test("what is off cannot be switched off, what is locked can be unlocked", () => {
  const target = someone(2, "guest", {
    is_muted: true,
    is_audio_locked: true,
    is_video_enabled: false,
    is_video_locked: true,
    is_screen_sharing: true,
  });
  assert.deepEqual(actionsOn({ self: host, target, otherHost: false }), [
    "unlock_audio",
    "unlock_video",
    "stop_screen",
    "role_moderator",
    "remove",
    "ban",
  ]);
});

Deno.test("a moderator leads participants and guests, gives no roles, and leaves hosts alone", () => {
  const self = someone(3, "moderator");
  const on = (role: Role) => actionsOn({ self, target: someone(2, role), otherHost: true });
  assert.deepEqual(on("participant"), ["mute", "lock_audio", "stop_video", "remove", "ban"]);
  assert.deepEqual(on("guest"), on("participant"));
  assert.deepEqual(on("host"), []);
  assert.deepEqual(on("moderator"), []);
});

Deno.test("participants and guests may do nothing to others", () => {
  for (const role of ["participant", "guest"] as const) {
    const self = someone(4, role);
    assert.deepEqual(actionsOn({ self, target: someone(2, "guest"), otherHost: true }), []);
  }
  assert.deepEqual(actionsOn({ self: null, target: someone(2, "guest"), otherHost: true }), []);
});

Deno.test("a host may step down while another host is here, and do nothing else to oneself", () => {
  assert.deepEqual(actionsOn({ self: host, target: host, otherHost: false }), []);
  assert.deepEqual(actionsOn({ self: host, target: host, otherHost: true }), [
    "role_moderator",
    "role_participant",
  ]);
});
