import assert from "node:assert/strict";
import type { StreamUpdate } from "../../shared/protocol/streams.ts";
import { StreamNews } from "./stream_news.ts";

const video = (change: Partial<StreamUpdate> = {}): StreamUpdate => ({
  stream_type: "video",
  stream_id_webrtc: "track",
  is_active: true,
  quality: "auto",
  bitrate: 500,
  resolution: "360p",
  ...change,
});

Deno.test("changes are told, at most every two seconds; a rate alone every ten", () => {
  const news = new StreamNews();
  const told = (update: StreamUpdate, atMs: number) => news.take([update], atMs).length === 1;
  assert.equal(
    told(video({ is_active: false }), 0),
    false,
    "what never was need not be told as over",
  );
  assert.equal(told(video(), 0), true);
  assert.equal(told(video(), 60_000), false, "no news");
  assert.equal(told(video({ resolution: "720p" }), 60_000), true);
  assert.equal(told(video({ resolution: "360p" }), 61_000), false, "too soon");
  assert.equal(told(video({ resolution: "360p" }), 62_500), true);
  assert.equal(told(video({ bitrate: 900 }), 70_000), false);
  assert.equal(told(video({ bitrate: 900 }), 72_500), true);
  assert.equal(told(video({ bitrate: 950 }), 99_000), false, "about the same");
  assert.equal(told(video({ is_active: false, bitrate: 0, resolution: "" }), 99_000), true);
  news.reset();
  assert.equal(told(video(), 100_000), true, "the server has forgotten");
});
