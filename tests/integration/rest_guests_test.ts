/** Guest links (videocall-app.ru.md, "Генерация гостевой ссылки"). */
import assert from "node:assert/strict";
import { GuestExchangeAnswer, GuestLinkAnswer } from "../../lib/shared/protocol/auth.ts";
import { type App, startApp } from "./app.ts";

const linkPath = (reference: string | number) => `/api/rooms/${reference}/generate-guest-link`;

async function makeLink(app: App, token: string, code: string, body?: unknown): Promise<string> {
  const answer = await app.ask("POST", linkPath(code), { token, body });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.guest_token;
}

const enter = (app: App, guest_token: string, user_name?: string) =>
  app.ask("POST", "/api/auth/guest", { body: { guest_token, user_name } });

Deno.test("a guest link lets one guest into one room", async (t) => {
  const app = await startApp();
  const host = await app.signIn("Host");
  const room = await app.createRoom(host.token);
  const other = await app.createRoom(host.token);
  const made = await app.ask("POST", linkPath(room.room_id), { token: host.token });
  const link = made.body;

  await t.step("the answer has the documented form", () => {
    assert.equal(made.status, 200);
    assert.deepEqual(GuestLinkAnswer.parse(link), link);
    assert.deepEqual(Object.keys(link).sort(), ["guest_qr_code", "guest_token", "guest_url"]);
    const url = `${app.origin}/#/room/${room.room_id}?guest_token=${link.guest_token}`;
    assert.equal(link.guest_url, url);
    assert.match(link.guest_token, /^ey/);
    const png = Uint8Array.fromBase64(link.guest_qr_code.split("data:image/png;base64,")[1]);
    assert.deepEqual([...png.slice(1, 4)], [...new TextEncoder().encode("PNG")]);
  });

  const entered = await enter(app, link.guest_token, "Guest Gina");
  const guest = entered.body;

  await t.step("exchanging it signs the guest in", async () => {
    assert.equal(entered.status, 200);
    assert.deepEqual(GuestExchangeAnswer.parse(guest), guest);
    assert.equal(guest.room_code, room.room_code);
    assert.equal(guest.user.user_name, "Guest Gina");
    assert.equal(guest.user.is_guest, true);
    const me = await app.ask("GET", "/api/auth/me", { token: guest.token });
    assert.deepEqual(me.body, guest.user);
    const cookies = entered.headers.getSetCookie();
    // The session, and the name of the browser that bans hold on to.
    assert.deepEqual(cookies.map((each) => each.split("=")[0]), ["vc_session", "vc_browser"]);
  });

  await t.step("the guest joins in the role of a guest", async () => {
    const joined = await app.join(guest.token, room.room_code);
    assert.equal(joined.status, 200);
    assert.equal(joined.body.role, "guest");
    assert.equal(joined.body.user_name, "Guest Gina");
  });

  await t.step("nothing else opens", async () => {
    const { token } = guest;
    const foreign = `/video/rooms/${other.room_code}`;
    const closed: [string, string, number, string][] = [
      ["GET", foreign, 404, "ROOM_NOT_FOUND"],
      ["POST", `${foreign}/join`, 404, "ROOM_NOT_FOUND"],
      ["GET", `${foreign}/participants`, 404, "ROOM_NOT_FOUND"],
      ["GET", `${foreign}/streams`, 404, "ROOM_NOT_FOUND"],
      ["DELETE", `${foreign}/leave`, 404, "ROOM_NOT_FOUND"],
      ["DELETE", foreign, 404, "ROOM_NOT_FOUND"],
      ["POST", linkPath(other.room_code), 404, "ROOM_NOT_FOUND"],
      ["POST", linkPath(other.room_id), 404, "ROOM_NOT_FOUND"],
      ["GET", "/video/rooms", 403, "GUESTS_NOT_ALLOWED"],
      ["POST", linkPath(room.room_code), 403, "GUESTS_NOT_ALLOWED"],
      ["DELETE", `/video/rooms/${room.room_code}`, 403, "GUESTS_NOT_ALLOWED"],
    ];
    for (const [method, path, status, code] of closed) {
      const answer = await app.ask(method, path, { token });
      assert.deepEqual([answer.status, answer.body.error_code], [status, code], path);
    }
    const body = { room_name: "Mine" };
    const created = await app.ask("POST", "/video/rooms", { token, body });
    assert.deepEqual([created.status, created.body.error_code], [403, "GUESTS_NOT_ALLOWED"]);
    const patch = { token, body: { room_name: "Mine" } };
    const patched = await app.ask("PATCH", `/video/rooms/${room.room_code}`, patch);
    assert.equal(patched.status, 403);
    const asSession = await app.ask("GET", "/api/auth/me", { token: link.guest_token });
    assert.equal(asSession.status, 401, "the link's token itself is no session");
  });

  await t.step("the same browser stays the same guest", async () => {
    const cookie = entered.headers.getSetCookie()[0]!.split(";")[0]!;
    const again = await app.ask("POST", "/api/auth/guest", {
      body: { guest_token: link.guest_token },
      headers: { cookie, origin: app.origin },
    });
    assert.equal(again.body.user.user_id, guest.user.user_id);
    assert.equal(again.body.user.user_name, "Guest Gina");
  });

  await t.step("who signed in stays who they are", async () => {
    const body = { guest_token: link.guest_token };
    const answer = await app.ask("POST", "/api/auth/guest", { body, token: host.token });
    assert.deepEqual(answer.body.user, host.user);
    assert.equal(answer.body.room_code, room.room_code);
  });

  await app.stop();
});

Deno.test("only those who lead a room make links for it", async () => {
  const app = await startApp();
  const host = await app.signIn("Host");
  const other = await app.signIn("Other");
  const room = await app.createRoom(host.token);
  await app.join(other.token, room.room_code);
  const byCode = await app.ask("POST", linkPath(room.room_code), { token: other.token });
  assert.deepEqual([byCode.status, byCode.body.error_code], [403, "FORBIDDEN"]);
  const byId = await app.ask("POST", linkPath(room.room_id), { token: other.token });
  assert.equal(byId.status, 404, "an id is no key to a room");
  assert.equal((await app.ask("POST", linkPath(999), { token: host.token })).status, 404);
  assert.equal((await app.ask("POST", linkPath(room.room_id))).status, 401);
  await app.stop();
});

Deno.test("links run out: by time, by uses, by the room's end, by revocation", async (t) => {
  const app = await startApp();
  const { token, user } = await app.signIn("Host");
  const room = await app.createRoom(token);
  const outcome = async (guestToken: string) => {
    const { status, body } = await enter(app, guestToken);
    return [status, body.error_code];
  };

  await t.step("a suggested name; a localised one otherwise", async () => {
    const named = await makeLink(app, token, room.room_code, { user_name: "Dr. Who" });
    assert.equal((await enter(app, named)).body.user.user_name, "Dr. Who");
    const answer = await app.ask("POST", "/api/auth/guest", {
      body: { guest_token: await makeLink(app, token, room.room_code) },
      headers: { "accept-language": "ru-RU,ru;q=0.9" },
    });
    assert.equal(answer.body.user.user_name, "Гость");
  });

  await t.step("the last use goes to one of many", async () => {
    const link = await makeLink(app, token, room.room_code, { max_uses: 2 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => outcome(link)));
    assert.equal(answers.filter(([status]) => status === 200).length, 2);
    const refused = answers.filter(([status]) => status !== 200);
    assert.deepEqual(new Set(refused.map(String)), new Set(["410,GUEST_LINK_EXPIRED"]));
  });

  await t.step("many who open one link at the same moment all get in", async () => {
    const guest_token = await makeLink(app, token, room.room_code);
    const answers = await Promise.all(
      Array.from({ length: 25 }, (_, index) =>
        app.ask("POST", "/api/auth/guest", {
          body: { guest_token },
          from: `192.0.2.${index}`,
        })),
    );
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    assert.equal(new Set(answers.map(({ body }) => body.user.user_id)).size, 25);
  });

  await t.step("made up", async () => {
    assert.deepEqual(await outcome("ey.nonsense.x"), [401, "GUEST_LINK_INVALID"]);
    assert.deepEqual(await outcome(token), [401, "GUEST_LINK_INVALID"]);
  });

  await t.step("bounds of the wish", async () => {
    for (const body of [{ expires_in: 1 }, { expires_in: 1e9 }, { max_uses: 0 }]) {
      const answer = await app.ask("POST", linkPath(room.room_code), { token, body });
      assert.equal(answer.status, 400);
    }
  });

  await t.step("revoked: its guests are signed out", async () => {
    const link = await makeLink(app, token, room.room_code);
    const guest = (await enter(app, link)).body;
    const linkId =
      JSON.parse(atob(link.split(".")[1]!.replaceAll("-", "+").replaceAll("_", "/"))).jti;
    const principal = { kind: "user", session_id: "", via: "bearer", ...user } as const;
    await app.container.services.guestLinks.revoke(room.room_code, {
      principal,
      address: "192.0.2.1",
    }, linkId);
    assert.deepEqual(await outcome(link), [410, "GUEST_LINK_EXPIRED"]);
    assert.equal((await app.ask("GET", "/api/auth/me", { token: guest.token })).status, 401);
  });

  await t.step("the room has ended", async () => {
    const link = await makeLink(app, token, room.room_code);
    const guest = (await enter(app, link)).body;
    await app.ask("DELETE", `/video/rooms/${room.room_code}`, { token });
    assert.deepEqual(await outcome(link), [410, "ROOM_INACTIVE"]);
    assert.equal((await app.join(guest.token, room.room_code)).status, 410);
  });

  await app.stop();
});
