/** Files of recordings on their way in and out: resumable, bounded, checked, given out in parts. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { loadRecording, updateRecording } from "../../lib/server/store/recordings.ts";
import { RECORDING_UPLOAD_SECONDS } from "../../lib/shared/protocol/limits.ts";
import type { Recording, Upload } from "../../lib/shared/protocol/recordings.ts";
import { until, within } from "../fixtures/poll.ts";
import { film, sha256Hex, THUMBNAIL_URL, TusClient } from "../fixtures/tus_client.ts";
import { Cast } from "./cast.ts";

const MEBI = 1024 * 1024;

interface Stage extends AsyncDisposable {
  cast: Cast;
  client: TusClient;
  /** Of a recording that has ended. */
  recordingId: number;
  look(): Promise<Recording>;
}

async function setStage(variables: Record<string, string> = {}): Promise<Stage> {
  const cast = await Cast.gather({}, variables);
  const recordingId = await record(cast);
  return {
    cast,
    client: new TusClient(cast.app.origin, cast.host.token),
    recordingId,
    look: async () => (await cast.ask(cast.host, "GET", `/video/recordings/${recordingId}`)).body,
    [Symbol.asyncDispose]: () => cast[Symbol.asyncDispose](),
  };
}

async function record(cast: Cast): Promise<number> {
  const { body } = await cast.ask(cast.host, "POST", cast.path("/recording/start"));
  await cast.ask(cast.host, "POST", cast.path("/recording/stop"));
  return body.recording_id;
}

async function download(cast: Cast, path: string, headers: Record<string, string> = {}) {
  const response = await fetch(cast.app.origin + path, {
    headers: { authorization: `Bearer ${cast.host.token}`, ...headers },
  });
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

/** Gives what it is told to and then nothing, as a connection that nobody knows to be dead. */
function stalling(
  bytes: Uint8Array<ArrayBuffer>,
  signal?: AbortSignal,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      signal?.addEventListener("abort", () => controller.close());
    },
  });
}

Deno.test("an upload goes on where it was cut off, and what comes out is what went in", async () => {
  await using stage = await setStage();
  const { cast, client, recordingId } = stage;
  await cast.enter(cast.host);
  const bytes = film(3 * MEBI);
  const sha256 = await sha256Hex(bytes);
  const upload = await client.begin(recordingId, { bytes, sha256: sha256.toUpperCase() });
  assert.equal(await client.offset(upload), 0);
  assert.equal((await stage.look()).state, "uploading");

  const abort = new AbortController();
  const cut = fetch(cast.app.origin + upload, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${cast.host.token}`,
      "tus-resumable": "1.0.0",
      "upload-offset": "0",
      "content-type": "application/offset+octet-stream",
    },
    body: stalling(bytes.subarray(0, MEBI)),
    signal: abort.signal,
  });
  await until("a part of it is here", async () => await client.offset(upload) === MEBI);
  assert.equal((await stage.look()).uploaded_bytes, MEBI);
  abort.abort();
  await assert.rejects(cut);

  const middle = await client.send(upload, MEBI, bytes.subarray(MEBI, 2 * MEBI));
  assert.deepEqual([middle.status, middle.headers.get("upload-offset")], [204, `${2 * MEBI}`]);
  const wrong = await client.send(upload, MEBI, bytes.subarray(MEBI, 2 * MEBI));
  assert.deepEqual([wrong.status, wrong.code], [409, "UPLOAD_OFFSET_MISMATCH"]);
  const last = await client.send(upload, 2 * MEBI, bytes.subarray(2 * MEBI));
  assert.equal(last.status, 204);
  assert.equal(await client.offset(upload), bytes.length);

  const { data } = await cast.host.socket.take("recording_available");
  assert.deepEqual([data.recording_id, data.file_size], [recordingId, bytes.length]);
  const shown = await stage.look();
  assert.deepEqual(
    [shown.state, shown.is_available, shown.is_processing, shown.file_size, shown.thumbnail_path],
    ["available", true, false, bytes.length, null],
  );
  const file = await download(cast, `/video/recordings/${recordingId}/file`);
  assert.equal(await sha256Hex(file.bytes), sha256);
});

Deno.test("a sender that comes back takes over from its own dead connection", async () => {
  await using stage = await setStage();
  const { client, recordingId } = stage;
  const bytes = film(MEBI);
  const upload = await client.begin(recordingId, { bytes });
  const end = new AbortController();
  const dead = client.send(upload, 0, stalling(bytes.subarray(0, 1000), end.signal));
  await until("it has begun", async () => await client.offset(upload) === 1000);
  const alive = client.send(upload, 1000, bytes.subarray(1000));
  // Long before the dead one would be given up for its silence.
  assert.equal((await within("the later one goes on", 20_000, alive)).status, 204);
  assert.equal((await stage.look()).state, "available");
  end.abort();
  assert.equal((await dead).headers.get("upload-offset"), "1000");
});

Deno.test("pieces and wholes are what their checksums say, or not taken", async () => {
  await using stage = await setStage();
  const { client, recordingId } = stage;
  const bytes = film(2000);
  const sum = async (part: Uint8Array<ArrayBuffer>) => ({
    "upload-checksum": `sha256 ${Uint8Array.fromHex(await sha256Hex(part)).toBase64()}`,
  });
  const upload = await client.begin(recordingId, { bytes, sha256: "0".repeat(64) });
  const first = bytes.subarray(0, 1000);
  const refused = await client.send(upload, 0, first, await sum(bytes));
  assert.deepEqual([refused.status, refused.code], [460, "CHECKSUM_MISMATCH"]);
  assert.equal(await client.offset(upload), 0);
  assert.equal((await client.send(upload, 0, first, await sum(first))).status, 204);

  const whole = await client.send(upload, 1000, bytes.subarray(1000));
  assert.deepEqual([whole.status, whole.code], [460, "CHECKSUM_MISMATCH"]);
  const failed = await stage.look();
  assert.deepEqual([failed.state, failed.failure, failed.uploaded_bytes], [
    "failed",
    "checksum",
    0,
  ]);
  assert.equal((await client.ask("HEAD", upload)).status, 404);

  const again = await client.upload(recordingId, { bytes, sha256: await sha256Hex(bytes) });
  assert.equal(again.status, 204);
  assert.deepEqual([(await stage.look()).state, (await stage.look()).failure], ["available", null]);
});

Deno.test("films are MP4 and thumbnails JPEG, whatever they are called", async () => {
  await using stage = await setStage();
  const { cast, client, recordingId } = stage;
  const noise = crypto.getRandomValues(new Uint8Array(500));
  const film_ = await client.upload(recordingId, { bytes: noise });
  assert.deepEqual([film_.status, film_.code], [415, "UNSUPPORTED_MEDIA_TYPE"]);
  assert.equal((await stage.look()).failure, "wrong_type");
  const picture = await client.upload(recordingId, { bytes: noise, type: "image/jpeg" });
  assert.equal(picture.status, 415);
  assert.equal((await stage.look()).thumbnail_path, null);

  const jpeg = await Deno.readFile(THUMBNAIL_URL);
  assert.equal((await client.upload(recordingId, { bytes: jpeg, type: "image/jpeg" })).status, 204);
  const { thumbnail_path, file_path } = await stage.look();
  assert.equal(thumbnail_path, file_path.replace(/\.mp4$/, "_thumb.jpg"));
  const { response, bytes } = await download(cast, `/video/recordings/${recordingId}/thumbnail`);
  assert.equal(response.headers.get("content-type"), "image/jpeg");
  assert.deepEqual(bytes, jpeg);
});

Deno.test("sizes are announced, declared first, and counted", async () => {
  await using stage = await setStage({ MAX_RECORDING_SIZE_MB: "1" });
  const { cast, client, recordingId } = stage;
  const uploads = `/video/recordings/${recordingId}/uploads`;
  const asked = await client.ask("OPTIONS", uploads);
  assert.equal(asked.headers.get("tus-max-size"), String(MEBI));
  assert.equal(asked.headers.get("tus-extension"), "creation,termination,checksum");
  await assert.rejects(
    client.begin(recordingId, { bytes: film(MEBI + 1) }),
    /413 PAYLOAD_TOO_LARGE/,
  );
  const jpeg = { bytes: film(MEBI * 2 + 1), type: "image/jpeg" } as const;
  await assert.rejects(client.begin(recordingId, jpeg), /413/);

  const upload = await client.begin(recordingId, { bytes: film(2000) });
  const tooMuch = await client.send(upload, 0, film(2001));
  assert.deepEqual([tooMuch.status, tooMuch.code], [413, "PAYLOAD_TOO_LARGE"]);
  assert.equal(await client.offset(upload), 0);
  const { body } = await cast.ask(cast.host, "POST", cast.path("/recording/start"));
  assert.equal(body.max_size_bytes, MEBI);
  const early = client.begin(body.recording_id, { bytes: film(2000) });
  await assert.rejects(early, /409 RECORDING_RUNNING/);
});

Deno.test("what was promised to one upload is not promised to another", async () => {
  await using stage = await setStage({ RECORDINGS_QUOTA_MB: "1" });
  const { cast, client, recordingId } = stage;
  const other = await record(cast);
  const bytes = film(600 * 1024);
  const upload = await client.begin(recordingId, { bytes });
  await assert.rejects(client.begin(other, { bytes }), /507 STORAGE_FULL/);
  assert.equal((await client.ask("DELETE", upload)).status, 204);
  assert.equal((await client.ask("HEAD", upload)).status, 404);
  assert.equal((await stage.look()).state, "finishing");
  assert.equal((await client.upload(other, { bytes })).status, 204);
  await assert.rejects(client.begin(recordingId, { bytes }), /507 STORAGE_FULL/);
});

Deno.test("who recorded uploads, and nobody else", async () => {
  await using stage = await setStage();
  const { cast, recordingId } = stage;
  await cast.enter(cast.host);
  const moderator = await cast.enterAs("moderator", "Mo");
  const stranger = await cast.user("Stranger");
  const bytes = film(2000);
  const as = (token: string) => new TusClient(cast.app.origin, token);
  await assert.rejects(as(moderator.token).begin(recordingId, { bytes }), /403 FORBIDDEN/);
  await assert.rejects(as(stranger.token).begin(recordingId, { bytes }), /404 RECORDING_NOT_FOUND/);
  const upload = await stage.client.begin(recordingId, { bytes });
  assert.equal((await as(moderator.token).send(upload, 0, bytes)).status, 403);
  assert.equal((await as(stranger.token).send(upload, 0, bytes)).status, 404);
});

Deno.test("a film is given out whole or in parts, as a film and nothing else", async () => {
  await using stage = await setStage();
  const { cast, client, recordingId } = stage;
  const film_ = film(200_000);
  await client.upload(recordingId, { bytes: film_ });
  const path = `/video/recordings/${recordingId}/file`;
  const whole = await download(cast, path);
  const { headers } = whole.response;
  assert.equal(whole.response.status, 200);
  assert.deepEqual(whole.bytes, film_);
  assert.equal(headers.get("content-type"), "video/mp4");
  assert.equal(headers.get("content-length"), "200000");
  assert.equal(headers.get("accept-ranges"), "bytes");
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.match(
    headers.get("content-disposition")!,
    /^attachment; filename="recording_\d+_\d+\.mp4"$/,
  );
  const inline = await download(cast, `${path}?inline`);
  assert.match(inline.response.headers.get("content-disposition")!, /^inline/);

  const part = await download(cast, path, { range: "bytes=100000-100009" });
  assert.equal(part.response.status, 206);
  assert.equal(part.response.headers.get("content-range"), "bytes 100000-100009/200000");
  assert.deepEqual(part.bytes, film_.subarray(100_000, 100_010));
  const end = await download(cast, path, { range: "bytes=-5" });
  assert.deepEqual(end.bytes, film_.subarray(199_995));
  const behind = await download(cast, path, { range: "bytes=200000-" });
  assert.equal(behind.response.status, 416);
  assert.equal(behind.response.headers.get("content-range"), "bytes */200000");

  const etag = headers.get("etag")!;
  const same = await download(cast, path, { range: "bytes=0-1", "if-range": etag });
  assert.equal(same.response.status, 206);
  const other = await download(cast, path, { range: "bytes=0-1", "if-range": '"other"' });
  assert.deepEqual([other.response.status, other.bytes.length], [200, 200_000]);

  const head = await fetch(cast.app.origin + path, {
    method: "HEAD",
    headers: { authorization: `Bearer ${cast.host.token}` },
  });
  assert.deepEqual([head.status, head.headers.get("content-length")], [200, "200000"]);
});

Deno.test("somebody who walks away in the middle leaves no open file behind", async () => {
  await using stage = await setStage();
  const { cast, client, recordingId } = stage;
  await client.upload(recordingId, { bytes: film(4 * MEBI) });
  for (let count = 0; count < 20; count++) {
    const response = await fetch(`${cast.app.origin}/video/recordings/${recordingId}/file`, {
      headers: { authorization: `Bearer ${cast.host.token}` },
    });
    const reader = response.body!.getReader();
    await reader.read();
    await reader.cancel();
  }
  const open = async () => {
    const names = await Array.fromAsync(Deno.readDir("/proc/self/fd"));
    const targets = await Promise.all(
      names.map(({ name }) => Deno.readLink(`/proc/self/fd/${name}`).catch(() => "")),
    );
    return targets.filter((target) => target.endsWith(".mp4")).length;
  };
  if (Deno.build.os === "linux") await until("all are closed", async () => await open() === 0);
});

Deno.test("a film that is gone from the disk is said to be", async () => {
  const directory = await Deno.makeTempDir({ prefix: "videocall-recordings-" });
  await using stage = await setStage({ RECORDINGS_DIR: directory });
  const { cast, client, recordingId } = stage;
  await client.upload(recordingId, { bytes: film(2000) });
  await Deno.remove(join(directory, `room_${cast.room.room_id}`), { recursive: true });
  const { status, body } = await cast.ask(
    cast.host,
    "GET",
    `/video/recordings/${recordingId}/file`,
  );
  assert.deepEqual([status, body.error_code], [409, "RECORDING_NOT_READY"]);
  assert.deepEqual([(await stage.look()).state, (await stage.look()).failure], ["failed", "lost"]);
  await Deno.remove(directory, { recursive: true });
});

Deno.test("what never comes is given up, and stray parts go", async () => {
  const directory = await Deno.makeTempDir({ prefix: "videocall-recordings-" });
  await using stage = await setStage({ RECORDINGS_DIR: directory });
  const { cast, client, recordingId } = stage;
  const { kv, services } = cast.app.container;
  const upload = await client.begin(recordingId, { bytes: film(2000) });
  await client.send(upload, 0, film(1000));
  const folder = join(directory, `room_${cast.room.room_id}`);
  const stray = async (name: string, daysOld: number) => {
    const file = join(folder, name);
    await Deno.writeTextFile(file, "x");
    const then = new Date(Date.now() - daysOld * 86_400_000);
    await Deno.utime(file, then, then);
  };
  await stray("recording_20240101_120000.old.part", 2);
  await stray("recording_20240101_120000.new.part", 0.5);
  await stray("recording_20240101_120000.mp4", 2);
  const names = async () =>
    (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  await services.recordingCare.sweep();
  assert.equal((await stage.look()).state, "uploading");
  assert.equal((await names()).length, 3);
  assert.ok(!(await names()).some((name) => name.includes(".old.")));

  const long = new Date(Date.now() - (RECORDING_UPLOAD_SECONDS + 60) * 1000);
  await updateRecording(kv, recordingId, (row) => ({ ...row, changed_at: long.toISOString() }));
  await services.recordingCare.sweep();
  assert.equal((await stage.look()).state, "uploading", "something came a moment ago");
  const row = await loadRecording(kv, recordingId);
  const part = services.recordingLedger.files.partOf(row!, row!.uploads[0]!.upload_id);
  await Deno.utime(part, long, long);
  await services.recordingCare.sweep();
  assert.deepEqual([(await stage.look()).state, (await stage.look()).failure], [
    "failed",
    "abandoned",
  ]);
  assert.equal((await names()).length, 2);
  await Deno.remove(directory, { recursive: true });
});

Deno.test("a start finishes what had come whole before the end", async () => {
  const cast = await Cast.gather();
  const recordingId = await record(cast);
  const client = new TusClient(cast.app.origin, cast.host.token);
  const bytes = film(5000);
  const upload = await client.begin(recordingId, { bytes });
  await client.send(upload, 0, bytes.subarray(0, 4000));
  const row = await loadRecording(cast.app.container.kv, recordingId);
  const { files } = cast.app.container.services.recordingLedger;
  const part = files.partOf(row!, row!.uploads[0]!.upload_id);
  await Deno.writeFile(part, bytes.subarray(4000), { append: true });
  await cast.restart();
  const path = `/video/recordings/${recordingId}`;
  await until(
    "it is there",
    async () => (await cast.ask<Recording>(cast.host, "GET", path)).body.is_available,
  );
  const { body } = await cast.ask<Upload>(cast.host, "GET", new URL(upload, "http://x").pathname);
  assert.deepEqual([body.is_finished, body.upload_offset], [true, 5000]);
  await cast[Symbol.asyncDispose]();
});
