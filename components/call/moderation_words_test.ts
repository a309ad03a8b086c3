import assert from "node:assert/strict";
import { messagesFor } from "../../lib/shared/i18n/translate.ts";
import { createTranslator } from "../../lib/shared/i18n/translator.ts";
import { ROOM_NAMESPACES } from "../../lib/shared/page_props.ts";
import {
  ModerationAction,
  type ModerationEvent,
  MutedMedia,
} from "../../lib/shared/protocol/moderation.ts";
import { Role } from "../../lib/shared/protocol/participants.ts";
import { moderationWords } from "./moderation_words.ts";

const ANNA = { participant_id: 1, user_name: "Anna" };
const BORIS = { participant_id: 2, user_name: "Boris" };
const CLARA = 3;

const translator = (locale: "en" | "ru") =>
  createTranslator(locale, messagesFor(locale, ...ROOM_NAMESPACES));
const t = translator("en");

Deno.test("everyone reads the same deed from where they stand", () => {
  const event: ModerationEvent = { action: "mute", by: ANNA, target: BORIS, media: "audio" };
  const read = (selfId: number) =>
    moderationWords(t, event, { selfId, aboutSelf: selfId === BORIS.participant_id });
  assert.equal(read(CLARA), "Anna muted Boris");
  assert.equal(read(1), "You muted Boris");
  assert.equal(read(2), "Anna muted you");
});

Deno.test("a mute of all names everyone, a deed without a person names the server", () => {
  const all: ModerationEvent = { action: "mute", by: ANNA, target: null, media: "audio" };
  const spared = { selfId: CLARA, aboutSelf: false };
  assert.equal(moderationWords(t, all, spared), "Anna muted everyone");
  assert.equal(moderationWords(t, all, { ...spared, aboutSelf: true }), "Anna muted you");
  const role: ModerationEvent = { action: "set_role", by: null, target: BORIS, role: "moderator" };
  assert.equal(moderationWords(t, role, spared), "The server made Boris a moderator");
});

Deno.test("who is sent away reads why on the page that follows, not in a notice", () => {
  for (const action of ["remove", "ban", "admit", "deny"] as const) {
    const event = { action, by: ANNA, target: BORIS };
    assert.equal(moderationWords(t, event, { selfId: 2, aboutSelf: true }), null);
  }
});

Deno.test("every deed has words for every reader, in every language", () => {
  for (const locale of ["en", "ru"] as const) {
    for (const action of ModerationAction.options) {
      for (const media of MutedMedia.options) {
        for (const role of Role.options) {
          for (const locked of [true, false]) {
            const event = { action, by: ANNA, target: BORIS, media, role, locked };
            for (const selfId of [1, 2, 3]) {
              const reader = { selfId, aboutSelf: selfId === 2 };
              const words = moderationWords(translator(locale), event, reader) ?? "";
              assert.doesNotMatch(words, /^moderation\.|[{}]/);
            }
          }
        }
      }
    }
  }
});
