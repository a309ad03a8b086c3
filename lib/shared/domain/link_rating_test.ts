import assert from "node:assert/strict";
import { rateLink, worstRating } from "./link_rating.ts";

Deno.test("a link is as good as its worst number", () => {
  const good = { rtt_ms: 40, jitter_ms: 3, loss: 0 };
  assert.deepEqual(rateLink(good), { rating: "good", troubles: [] });
  assert.deepEqual(rateLink({ ...good, loss: 0.05 }), { rating: "fair", troubles: ["loss"] });
  assert.deepEqual(rateLink({ rtt_ms: 900, jitter_ms: 60, loss: 0.05 }), {
    rating: "poor",
    troubles: ["delay", "loss", "jitter"],
  });
});

Deno.test("of what was not measured nothing is said", () => {
  const nothing = { rtt_ms: null, jitter_ms: null, loss: null };
  assert.equal(rateLink(nothing).rating, "unknown");
  assert.equal(rateLink({ ...nothing, rtt_ms: 20 }).rating, "good");
  assert.equal(worstRating([]), "unknown");
  assert.equal(worstRating(["good", "poor", "unknown"]), "poor");
});
