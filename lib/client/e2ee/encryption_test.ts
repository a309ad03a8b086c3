import assert from "node:assert/strict";
import type { FromWorker, ToWorker } from "./e2ee_messages.ts";
import { Encryption } from "./encryption.ts";

const NOBODY = { verified: null, peerCompared: false };
const CONFIRM = { type: "confirm", mac: "AA" } as const;

function setUp() {
  const posted: ToWorker[] = [];
  const happened: string[] = [];
  const worker = { postMessage: (message: ToWorker) => posted.push(message) } as unknown as Worker;
  const encryption = new Encryption(worker, { room: "ABCD2345", selfId: 1, roomSecret: null }, {
    send: (peerId) => happened.push(`send ${peerId}`),
    confirmed: (peerId) => happened.push(`confirmed ${peerId}`),
    trusted: () => {},
    roomSecret: () => {},
    failed: (peerId) => happened.push(`failed ${peerId}`),
  });
  const hear = (data: FromWorker) => worker.onmessage?.({ data } as MessageEvent);
  const hearAll = (peerId: number, pair: number) => {
    hear({ type: "send", peerId, pair, message: CONFIRM });
    hear({ type: "confirmed", peerId, pair, code: [], trust: NOBODY });
    hear({ type: "failed", peerId, pair, reason: "timeout" });
    return happened.splice(0);
  };
  return { encryption, posted, hearAll };
}

Deno.test("what is of an agreement that was replaced is not taken for one of the next", () => {
  const { encryption, posted, hearAll } = setUp();
  for (const peerId of [2, 3, 2]) encryption.startPair(peerId);
  const pairs = posted.flatMap((each) => each.type === "pair" ? [[each.peerId, each.pair]] : []);
  assert.deepEqual(pairs, [[2, 1], [3, 1], [2, 2]]);
  assert.deepEqual(hearAll(2, 1), []);
  assert.deepEqual(hearAll(2, 2), ["send 2", "confirmed 2", "failed 2"]);
  assert.deepEqual(hearAll(3, 1), ["send 3", "confirmed 3", "failed 3"]);
});
