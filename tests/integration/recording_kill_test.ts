/** The built product, killed in the middle of an upload: nothing that was said to be here is lost. */
import assert from "node:assert/strict";
import type { Recording, RecordingTicket } from "../../lib/shared/protocol/recordings.ts";
import { Api } from "../fixtures/api.ts";
import { pause, until } from "../fixtures/poll.ts";
import { Product } from "../fixtures/product.ts";
import { film, sha256Hex, TusClient } from "../fixtures/tus_client.ts";

const BYTES = 12 * 1024 * 1024;
const STEP_BYTES = 64 * 1024;
/** How much had come when it is killed. */
const KILLS = [1.5, 5, 9].map((mebi) => mebi * 1024 * 1024);

/** From there on, in small steps, so that a kill falls into the middle. */
function slowly(bytes: Uint8Array<ArrayBuffer>, from: number) {
  let position = from;
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      if (position >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(position, position += STEP_BYTES));
      await pause(1);
    },
  });
}

Deno.test("an upload survives SIGKILL of the server, three times, to the last octet", async () => {
  await using product = await Product.start();
  const host = await Api.signIn(product.origin, "Hanna");
  const { room_code } = await host.createRoom();
  const recording = (what: string) => `/video/rooms/${room_code}/recording/${what}`;
  const ticket = await host.call<RecordingTicket>("POST", recording("start"));
  await host.call("POST", recording("stop"));
  const client = new TusClient(product.origin, host.token);
  const bytes = film(BYTES);
  const sha256 = await sha256Hex(bytes);
  const upload = await client.begin(ticket.recording_id, { bytes, sha256 });

  let acknowledged = 0;
  let sent = 0;
  for (const goal of KILLS) {
    const sending = client.send(upload, acknowledged, slowly(bytes, acknowledged));
    const broken = assert.rejects(sending);
    await until("enough has come", async () => await client.offset(upload) >= goal, { everyMs: 5 });
    sent = await client.offset(upload);
    await product.restart();
    await broken;
    acknowledged = await client.offset(upload);
    assert.ok(acknowledged >= sent, `${acknowledged} of the ${sent} that were here`);
    assert.ok(acknowledged < BYTES, "it was killed in the middle");
  }
  const last = await client.send(upload, acknowledged, bytes.subarray(acknowledged));
  assert.equal(last.status, 204);
  const shown = await host.call<Recording>("GET", `/video/recordings/${ticket.recording_id}`);
  assert.deepEqual([shown.state, shown.file_size], ["available", BYTES]);
  const file = await fetch(`${product.origin}/video/recordings/${ticket.recording_id}/file`, {
    headers: { authorization: `Bearer ${host.token}` },
  });
  assert.equal(await sha256Hex(new Uint8Array(await file.arrayBuffer())), sha256);
});
