/** Recordings for those who run the server: all of them, the room they take, and what was done. */
import assert from "node:assert/strict";
import { AdminDesk } from "../fixtures/admin_desk.ts";
import { film, TusClient } from "../fixtures/tus_client.ts";
import { Cast } from "./cast.ts";

const BYTES = 4096;

async function record(cast: Cast): Promise<number> {
  const { body } = await cast.ask(cast.host, "POST", cast.path("/recording/start"));
  await cast.ask(cast.host, "POST", cast.path("/recording/stop"));
  return body.recording_id;
}

Deno.test("administrators list, search, watch and delete recordings, and see the room they take", async () => {
  await using cast = await Cast.gather({ room_name: "Board meeting" }, {
    RECORDINGS_QUOTA_MB: "10",
    METRICS_TOKEN: "reads-the-metrics-only",
  });
  const desk = await AdminDesk.open(cast.app);
  const [one, other] = [await record(cast), await record(cast)];
  const client = new TusClient(cast.app.origin, cast.host.token);
  await client.upload(one, { bytes: film(BYTES) });

  const all = await desk.get("recordings?limit=1");
  assert.deepEqual([all.total, all.limit, all.offset, all.items.length], [2, 1, 0, 1]);
  assert.equal(all.items[0].recording_id, other);
  assert.equal(all.storage.used_bytes, BYTES);
  assert.equal(all.storage.limit_bytes, 10 * 1024 * 1024);
  assert.ok(all.storage.free_bytes > 0);
  const found = async (query: string) => {
    const { items } = await desk.get(`recordings?${query}`);
    return items.map(({ recording_id }: { recording_id: number }) => recording_id);
  };
  assert.deepEqual(await found("q=board"), [other, one]);
  assert.deepEqual(await found(`q=${one}`), [one]);
  assert.deepEqual(await found("q=Hanna&state=available"), [one]);
  assert.deepEqual(await found("q=nothing"), []);
  const status = await desk.get("status");
  assert.equal(status.recordings.used_bytes, BYTES);

  const file = await fetch(`${cast.app.origin}/api/admin/recordings/${one}/file?inline`, {
    headers: { authorization: `Bearer ${desk.token}`, range: "bytes=4-7" },
  });
  assert.deepEqual([file.status, await file.text()], [206, "ftyp"]);
  const asHost = await cast.ask(cast.host, "GET", `/api/admin/recordings/${one}/file`);
  assert.equal(asHost.status, 403);

  const metrics = await cast.app.ask("GET", "/api/metrics/", { token: "reads-the-metrics-only" });
  assert.match(metrics.body, /^videocall_recordings\{state="available"\} 1$/m);
  assert.match(metrics.body, /^videocall_recordings\{state="finishing"\} 1$/m);
  assert.match(metrics.body, /^videocall_recording_bytes 4096$/m);

  assert.equal((await desk.ask("DELETE", `recordings/${one}`)).status, 204);
  assert.equal((await desk.ask("DELETE", `recordings/${one}`)).status, 404);
  assert.equal((await desk.get("recordings")).storage.used_bytes, 0);
  await cast.ask(cast.host, "DELETE", `/video/recordings/${other}`);
  assert.equal((await desk.get("recordings")).total, 0);
});

Deno.test("what is done with recordings stands in the audit log and in the log", async () => {
  await using cast = await Cast.gather({ room_name: "Board meeting" });
  const desk = await AdminDesk.open(cast.app);
  await cast.enter(cast.host);
  const first = await record(cast);
  const client = new TusClient(cast.app.origin, cast.host.token);
  await client.upload(first, { bytes: film(BYTES) });
  const second = await record(cast);
  await client.upload(second, { bytes: new Uint8Array(BYTES) });
  await cast.ask(cast.host, "DELETE", `/video/recordings/${first}`);
  await desk.ask("DELETE", `recordings/${second}`);
  const { items } = await desk.get("audit?q=board&limit=20");
  const rows = items.map((
    { action, actor, details }: {
      action: string;
      actor: { kind: string; name: string };
      details: { reason?: string };
    },
  ) => [action, actor.kind, actor.name, details.reason ?? ""].join(" ").trim());
  assert.deepEqual(rows.toReversed(), [
    "recording_started user Hanna Host",
    "recording_stopped user Hanna Host stopped",
    "recording_started user Hanna Host",
    "recording_stopped user Hanna Host stopped",
    "recording_deleted user Hanna Host",
    "recording_deleted admin anna",
  ]);
  const events = cast.app.log.map((line) => JSON.parse(line))
    .filter(({ event }) => event.startsWith("recording_"))
    .map(({ event, reason, bytes }) => [event, reason ?? bytes ?? ""].join(" ").trim());
  assert.deepEqual(events, [
    "recording_started",
    "recording_stopped stopped",
    `recording_uploaded ${BYTES}`,
    "recording_started",
    "recording_stopped stopped",
    "recording_failed wrong_type",
    "recording_deleted",
    "recording_deleted",
  ]);
});
