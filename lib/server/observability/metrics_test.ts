import assert from "node:assert/strict";
import { Metrics } from "./metrics.ts";

const QUALITY = [{
  room_id: 1,
  participant_id: 1,
  at: 0,
  links: [
    { participant_id: 2, rtt_ms: 30, jitter_ms: 2, loss: 0.04, relayed: true },
    { participant_id: 3, rtt_ms: null, jitter_ms: null, loss: null, relayed: false },
  ],
}];

function setup() {
  const rooms = [{ room_id: 1, participants: 3, online: 2 }, {
    room_id: 2,
    participants: 1,
    online: 1,
  }];
  const hub = {
    census: () => ({ rooms, sockets: 3 }),
    quality: () => QUALITY,
    ping: () => Promise.resolve(),
  };
  const states = { recording: 1, finishing: 0, uploading: 0, available: 2, failed: 0 };
  const recordings = () => Promise.resolve({ states, bytes: 4096 });
  return new Metrics({ hub: () => hub, recordings, eventLoopLagMs: () => 12 });
}

Deno.test("Prometheus reads gauges as they are now, and what was counted", async () => {
  const metrics = setup();
  metrics.message("offer");
  metrics.message("offer");
  metrics.message("unknown");
  metrics.join("first");
  metrics.failure("ROOM_FULL");
  metrics.signIn("guest");
  metrics.rtcError("encryption");
  metrics.quality(QUALITY[0]!.links);
  const text = await metrics.text();
  for (
    const line of [
      "videocall_rooms_active 2",
      "videocall_participants 4",
      "videocall_sockets_open 3",
      "videocall_links_relayed_ratio 0.5",
      "videocall_event_loop_lag_seconds 0.012",
      'videocall_socket_messages_total{type="offer"} 2',
      'videocall_socket_messages_total{type="unknown"} 1',
      'videocall_joins_total{kind="first"} 1',
      'videocall_failures_total{code="ROOM_FULL"} 1',
      'videocall_sign_ins_total{kind="guest"} 1',
      'videocall_webrtc_errors_total{kind="encryption"} 1',
      'videocall_recordings{state="available"} 2',
      "videocall_recording_bytes 4096",
      'videocall_quality_links_total{relayed="true"} 1',
      'videocall_link_rtt_seconds_bucket{le="0.025"} 0',
      'videocall_link_rtt_seconds_bucket{le="0.05"} 1',
      "videocall_link_rtt_seconds_count 1",
      'videocall_link_loss_ratio_bucket{le="0.05"} 1',
    ]
  ) assert.ok(text.split("\n").includes(line), line);
  assert.match(text, /^videocall_memory_rss_bytes [1-9]\d+$/m);
  assert.match(text, /^# TYPE videocall_link_jitter_seconds histogram$/m);
});

Deno.test("as JSON, the same by name", async () => {
  const metrics = setup();
  const all = await metrics.json() as { name: string; values: { value: number }[] }[];
  const rooms = all.find(({ name }) => name === "videocall_rooms_active");
  assert.equal(rooms?.values[0]?.value, 2);
});
