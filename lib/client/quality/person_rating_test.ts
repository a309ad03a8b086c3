import assert from "node:assert/strict";
import { type Experience, ratePerson, settleRating, UNRATED } from "./person_rating.ts";

const FINE: Experience = { rttMs: 40, jitterMs: 4, loss: 0, frozen: 0, concealed: 0 };

Deno.test("a person comes through as well as the worst of what is noticed", () => {
  assert.deepEqual(ratePerson(FINE), { rating: "good", troubles: [] });
  assert.equal(ratePerson({ ...FINE, loss: 0.05 }).rating, "fair");
  assert.deepEqual(ratePerson({ ...FINE, frozen: 0.4, loss: 0.05 }), {
    rating: "poor",
    troubles: ["freezes", "loss"],
  });
  assert.deepEqual(ratePerson({ ...FINE, concealed: 0.2 }).troubles, ["gaps"]);
  const nothing = { ...FINE, rttMs: null, jitterMs: null, loss: null };
  assert.equal(ratePerson(nothing).rating, "unknown");
});

Deno.test("the mark follows bad news after two readings, good news after five, chance never", () => {
  const poor = ratePerson({ ...FINE, loss: 0.3 });
  const good = ratePerson(FINE);
  let state = settleRating(UNRATED, good);
  assert.equal(state.shown.rating, "good", "the first word is shown at once");
  for (let round = 0; round < 10; round++) {
    state = settleRating(settleRating(state, poor), good);
    assert.equal(state.shown.rating, "good");
  }
  state = settleRating(settleRating(state, poor), poor);
  assert.equal(state.shown.rating, "poor");
  for (let reading = 0; reading < 4; reading++) state = settleRating(state, good);
  assert.equal(state.shown.rating, "poor");
  assert.equal(settleRating(state, good).shown.rating, "good");
});
