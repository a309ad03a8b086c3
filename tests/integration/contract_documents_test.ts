/**
 * The documents' requests and answers as they stand (`fixtures/documents`). Only what nobody can
 * know beforehand is put in: the token, the room's code and its id.
 */
import assert from "node:assert/strict";
import { examplesIn, exampleUnder } from "../fixtures/documents.ts";
import { film, THUMBNAIL_URL, TusClient } from "../fixtures/tus_client.ts";
import { startApp } from "./app.ts";

const API = "video-api.ru";

/** The request line under a heading: `POST /video/rooms`. */
async function requestUnder(heading: string): Promise<[string, string]> {
  const [method = "", path = ""] = (await exampleUnder(API, { heading, language: "http" })).split(
    " ",
  );
  return [method, path];
}

async function jsonUnder(heading: string) {
  return JSON.parse(await exampleUnder(API, { heading, language: "json" }));
}

/** Every documented field is there, and of the documented type. Ours may have more. */
function assertLike(actual: unknown, documented: unknown, path = ""): void {
  if (typeof documented !== "object" || documented === null) {
    assert.equal(typeof actual, typeof documented, path);
    return;
  }
  assert.equal(Array.isArray(actual), Array.isArray(documented), path);
  for (const [name, value] of Object.entries(documented)) {
    assertLike((actual as Record<string, unknown>)[name], value, `${path}.${name}`);
  }
}

Deno.test("creating, listing, showing, joining and leaving a room", async (t) => {
  const app = await startApp();
  const { token } = await app.signIn();
  const [, body, answer] = await createExamples();
  const [method, path] = await requestUnder("Создание комнаты");
  const created = await app.ask(method, path, { token, body });
  const ask = async (heading: string) => {
    const [method, path] = await requestUnder(heading);
    return await app.ask(method, path.replace("{room_code}", created.body.room_code), { token });
  };

  await t.step("the room has the documented fields", async () => {
    assert.equal(created.status, 201);
    assertLike(created.body, JSON.parse(answer!));
    assertLike(created.body, await jsonUnder("VideoRoom"));
    const { room_url, room_code } = created.body;
    assert.equal(room_url, `${app.origin}/video/room/${room_code}`);
    assert.match(room_code, /^[0-9A-Z]{8}$/);
  });

  await t.step("it is listed and shown", async () => {
    const list = await ask("Получение списка комнат");
    assert.equal(list.status, 200);
    assertLike(list.body, [await jsonUnder("VideoRoom")]);
    const shown = await ask("Получение информации о комнате");
    assert.deepEqual(shown.body, created.body);
  });

  await t.step("joining answers a participant", async () => {
    const joined = await ask("Присоединение к комнате");
    assert.equal(joined.status, 200);
    assertLike(joined.body, await jsonUnder("VideoParticipant"));
  });

  await t.step("participants are listed as documented", async () => {
    const list = await ask("Получение списка участников");
    const documented = await jsonUnder("Получение списка участников");
    // A picture of a person is a name of a file there; here nobody has one yet.
    delete documented[0].user_avatar;
    assertLike(list.body, documented);
    assert.equal(list.body[0].user_avatar, null);
    assert.equal(list.body[0].role, "host");
    assert.deepEqual(list.body[0].permissions, documented[0].permissions);
  });

  await t.step("leaving", async () => {
    const left = await ask("Выход из комнаты");
    assert.equal(`${left.status}${left.body}`, "204");
  });

  await app.stop();
});

/** Three stand under one heading: the request, its body and the answer. */
async function createExamples(): Promise<string[]> {
  const under = (await examplesIn(API)).filter((each) => each.under.at(-1) === "Создание комнаты");
  return under.map(({ text }) => text);
}

Deno.test("a full room answers the documented error", async () => {
  const app = await startApp();
  const { token } = await app.signIn();
  const { room_code } = await app.createRoom(token, { max_participants: 2 });
  for (const name of ["Ann", "Bob"]) await app.join((await app.signIn(name)).token, room_code);
  const late = await app.signIn("Late");
  const { status, body } = await app.ask("POST", `/video/rooms/${room_code}/join`, {
    token: late.token,
    headers: { "accept-language": "ru" },
  });
  const documented = await jsonUnder("Примеры ошибок");
  assert.equal(status, 409);
  assert.deepEqual(body, { ...documented, max_participants: 2, current_participants: 2 });
  await app.stop();
});

Deno.test("a guest link has the documented form", async () => {
  const app = await startApp();
  const { token } = await app.signIn();
  const { room_id } = await app.createRoom(token);
  const path = `/api/rooms/${room_id}/generate-guest-link`;
  const { status, body } = await app.ask("POST", path, { token });
  const documented = JSON.parse(
    await exampleUnder("videocall-app.ru", {
      heading: "Генерация гостевой ссылки",
      language: "json",
    }),
  );
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body).sort(), Object.keys(documented).sort());
  const expected = documented.guest_url.replace("https://your.domain.com", app.origin)
    .replace("ROOM_ID", room_id).replace("...", body.guest_token);
  assert.equal(body.guest_url, expected);
  assert.match(body.guest_qr_code, /^data:image\/png;base64,iVBOR/);
  assert.match(body.guest_token, /^ey[\w-]+\.[\w-]+\.[\w-]+$/);
  await app.stop();
});

Deno.test("recording: started, stopped and listed as documented", async () => {
  const app = await startApp();
  const { token } = await app.signIn();
  const { room_code, room_id } = await app.createRoom(token);
  await app.join(token, room_code);
  const ask = async (heading: string) => {
    const [method, path] = await requestUnder(heading);
    const target = path.replace("{room_code}", room_code).replace(
      "room_id=1",
      `room_id=${room_id}`,
    );
    return await app.ask(method, target, { token });
  };
  const started = await ask("Начало записи");
  assert.equal(started.status, 201);
  assert.equal((await ask("Остановка записи")).status, 200);
  const client = new TusClient(app.origin, token);
  const { recording_id } = started.body;
  await client.upload(recording_id, { bytes: film(1024) });
  const picture = await Deno.readFile(THUMBNAIL_URL);
  await client.upload(recording_id, { bytes: picture, type: "image/jpeg" });

  const list = await ask("Получение записей");
  const documented = await jsonUnder("Получение записей");
  assert.equal(list.status, 200);
  assertLike(list.body, documented);
  const shape = (path: string) => path.replaceAll(/\d/g, "0").replace(/room_0+/, "room_0");
  const [recording] = list.body;
  assert.equal(shape(recording.file_path), shape(documented[0].file_path));
  assert.equal(shape(recording.thumbnail_path), shape(documented[0].thumbnail_path));
  const { file_size, is_available, is_processing } = documented[0];
  assert.deepEqual(
    [recording.file_size, recording.is_available, recording.is_processing],
    [file_size, is_available, is_processing],
  );
  await app.stop();
});
