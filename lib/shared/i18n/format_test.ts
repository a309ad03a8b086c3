import assert from "node:assert/strict";
import {
  formatBytes,
  formatDistance,
  formatDuration,
  formatMilliseconds,
  formatShare,
} from "./format.ts";

const NOW = Date.parse("2026-03-01T12:00:00Z");

/** Intl puts no-break spaces between numbers and units; here they only get in the way. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

Deno.test("a distance in time is told in its largest unit", () => {
  assert.equal(formatDistance("en", "2026-03-01T12:00:05Z", NOW), "now");
  assert.equal(formatDistance("en", "2026-03-01T11:58:30Z", NOW), "1 minute ago");
  assert.equal(formatDistance("en", "2026-03-02T11:00:00Z", NOW), "in 23 hours");
  assert.equal(plain(formatDistance("ru", "2026-02-24T12:00:00Z", NOW)), "5 дней назад");
});

Deno.test("a duration has two units at most", () => {
  assert.equal(plain(formatDuration("en", 0)), "0 seconds");
  assert.equal(plain(formatDuration("en", 3 * 86_400 + 4 * 3_600 + 59)), "3 days 4 hours");
  assert.equal(plain(formatDuration("en", 3_600 + 59)), "1 hour");
  assert.equal(plain(formatDuration("ru", 62)), "1 минута 2 секунды");
});

Deno.test("sizes, milliseconds and shares are rounded to what can be read", () => {
  assert.equal(plain(formatBytes("en", 0)), "0 byte");
  assert.equal(plain(formatBytes("en", 1_500_000)), "1.4 MB");
  assert.equal(plain(formatBytes("ru", 250 * 1024 ** 3)), "250 ГБ");
  assert.equal(plain(formatMilliseconds("en", 0.42)), "0.4 ms");
  assert.equal(plain(formatMilliseconds("en", 12.7)), "13 ms");
  assert.equal(plain(formatShare("en", 0.034)), "3.4%");
  assert.equal(plain(formatShare("ru", 0.25)), "25 %");
});
