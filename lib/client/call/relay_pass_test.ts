import { deepEqual, equal } from "node:assert/strict";
import type { IceServer } from "../../shared/protocol/participants.ts";
import { RelayRefused } from "../rtc/ice.ts";
import { RelayPass } from "./relay_pass.ts";

const HOUR_MS = 3_600_000;

function bench() {
  const state = {
    nowMs: 0,
    asked: 0,
    reachable: true,
    configured: [] as IceServer[][],
    reports: [] as string[],
  };
  const pass = new RelayPass({
    configure: (servers) => state.configured.push(servers),
    report: ({ participant_id, message }) => state.reports.push(`${participant_id}: ${message}`),
    ask: () => {
      state.asked++;
      const ice_servers = [{ urls: [`turn:${state.asked}`] }];
      return Promise.resolve(
        state.reachable
          ? { ok: true, value: { ice_servers } }
          : { ok: false, error: { detail: "", error_code: "UNAVAILABLE" } },
      );
    },
    nowMs: () => state.nowMs,
  });
  const refusal = new RelayRefused(
    { url: "turn:x", errorCode: 401, errorText: "Unauthorized" } as RTCPeerConnectionIceErrorEvent,
  );
  return { state, pass, refusal };
}

Deno.test("credentials are renewed well before they run out, and again after that", async () => {
  const { state, pass } = bench();
  state.nowMs = 2.9 * HOUR_MS;
  await pass.look();
  equal(state.asked, 0);
  state.nowMs = 3 * HOUR_MS;
  await pass.look();
  await pass.look();
  deepEqual(state.configured, [[{ urls: ["turn:1"] }]]);
  state.nowMs = 6 * HOUR_MS;
  await pass.look();
  deepEqual(state.configured.at(-1), [{ urls: ["turn:2"] }]);
});

Deno.test("a server that is away is asked again; what a join answered counts as new", async () => {
  const { state, pass } = bench();
  state.reachable = false;
  state.nowMs = 3 * HOUR_MS;
  await pass.look();
  deepEqual([state.asked, state.configured.length], [1, 0]);
  state.reachable = true;
  pass.take([{ urls: ["turn:joined"] }]);
  await pass.look();
  equal(state.asked, 1);
  deepEqual(state.configured, [[{ urls: ["turn:joined"] }]]);
});

Deno.test("a refusal renews them at once, and is told once, and more of it waits a minute", async () => {
  const { state, pass, refusal } = bench();
  for (let peerId = 1; peerId <= 3; peerId++) pass.hear(peerId, refusal);
  await Promise.resolve();
  deepEqual([state.asked, state.configured.length], [1, 1]);
  deepEqual(state.reports, ["1: The relay turn:x refused: 401 Unauthorized"]);
  state.nowMs += 60_000;
  pass.hear(2, refusal);
  equal(state.asked, 2);
  pass.hear(2, new Error("other"));
  equal(state.reports.at(-1), "2: other");
});
