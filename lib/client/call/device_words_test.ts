import assert from "node:assert/strict";
import type { ModerationEvent, MutedMedia } from "../../shared/protocol/moderation.ts";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import { Account, type DeviceWord, readDeviceWord } from "./device_words.ts";

const MUTED = {
  participant_id: 2,
  is_online: true,
  is_muted: true,
  is_video_enabled: false,
  is_screen_sharing: false,
  is_hand_raised: false,
  is_audio_locked: false,
  is_video_locked: false,
  is_screen_locked: false,
} as VideoParticipant;

const ALL_ON: DeviceWord = {
  is_muted: false,
  is_video_enabled: true,
  is_screen_sharing: true,
  is_hand_raised: true,
};

const order = (media: MutedMedia, target: number | null = 2): ModerationEvent => ({
  action: "mute",
  by: { participant_id: 1, user_name: "Anna" },
  target: target === null ? null : { participant_id: target, user_name: "Boris" },
  media,
});

function seen({ believed }: Account): boolean[] {
  return [
    !believed.is_muted,
    believed.is_video_enabled,
    believed.is_screen_sharing,
    believed.is_hand_raised,
  ];
}

const OFF = [false, false, false, false];
const ON = [true, true, true, true];

Deno.test("with the server there, only its facts count", () => {
  const account = new Account(MUTED);
  account.hear(ALL_ON);
  assert.deepEqual(seen(account), OFF);
});

Deno.test("while the server is away from here or from there, people speak for themselves", () => {
  const here = new Account(MUTED);
  here.setServerAway(true);
  assert.deepEqual(seen(here), OFF);
  here.hear(ALL_ON);
  assert.deepEqual(seen(here), ON);
  const there = new Account(MUTED);
  there.learn({ ...MUTED, is_online: false });
  there.hear(ALL_ON);
  assert.deepEqual(seen(there), ON);
});

Deno.test("what the server says when it is back replaces every word", () => {
  const account = new Account(MUTED);
  account.setServerAway(true);
  account.hear(ALL_ON);
  // Back here, not there yet: nobody knows better than they do.
  account.learn({ ...MUTED, is_online: false });
  account.setServerAway(false);
  assert.deepEqual(seen(account), ON);
  account.learn(MUTED);
  assert.deepEqual(seen(account), OFF);
  account.learn({ ...MUTED, is_online: false });
  assert.deepEqual(seen(account), OFF, "an old word does not come back");
});

Deno.test("what is locked stays off", () => {
  const locked = { is_audio_locked: true, is_video_locked: true, is_screen_locked: true };
  const account = new Account({ ...MUTED, ...locked });
  account.setServerAway(true);
  account.hear(ALL_ON);
  assert.deepEqual(seen(account), [false, false, false, true]);
});

Deno.test("what was ordered off stays off until the server saw it on again", () => {
  for (const target of [2, null]) {
    const account = new Account(MUTED);
    account.order(order("audio", target));
    account.setServerAway(true);
    account.hear(ALL_ON);
    assert.deepEqual(seen(account), [false, true, true, true]);
    account.setServerAway(false);
    account.learn({ ...MUTED, is_muted: false });
    account.learn(MUTED);
    account.setServerAway(true);
    account.hear(ALL_ON);
    assert.deepEqual(seen(account), ON);
  }
  const spared = new Account(MUTED);
  spared.order(order("audio", 3));
  spared.order({ ...order("audio"), action: "lock_room" } as ModerationEvent);
  spared.setServerAway(true);
  spared.hear(ALL_ON);
  assert.deepEqual(seen(spared), ON);
});

Deno.test("anybody can switch off their own things", () => {
  const account = new Account({ ...MUTED, is_muted: false, is_video_enabled: true });
  account.setServerAway(true);
  account.hear({ ...ALL_ON, is_muted: true, is_video_enabled: false });
  assert.deepEqual(seen(account), [false, false, true, true]);
});

Deno.test("a word is four flags, and nothing else", () => {
  assert.deepEqual(readDeviceWord({ ...ALL_ON, is_host: true }), ALL_ON);
  for (const odd of [null, 7, {}, { ...ALL_ON, is_muted: 0 }, { is_muted: false }]) {
    assert.equal(readDeviceWord(odd), null);
  }
});
