/** What administrators can do, and that nobody else can. */
import assert from "node:assert/strict";
import {
  Admin,
  AdminBan,
  AdminGuestLink,
  AdminLoginAnswer,
  AdminRoom,
  AdminRoomDetails,
  AdminUser,
  pageOf,
} from "../../lib/shared/protocol/admin.ts";
import {
  AccessPasswordAnswer,
  AdminSettingsAnswer,
  AdminStatus,
  AuditEntry,
} from "../../lib/shared/protocol/admin_operations.ts";
import { ADMIN_PASSWORD, AdminDesk, makeAdmin } from "../fixtures/admin_desk.ts";
import { closeCode, SocketClient } from "../fixtures/socket_client.ts";
import { ACCESS_PASSWORD, startApp } from "./app.ts";

const SURFACE: readonly [method: string, path: string][] = [
  ["GET", "me"],
  ["POST", "logout"],
  ["GET", "rooms"],
  ["GET", "rooms/1"],
  ["DELETE", "rooms/1"],
  ["GET", "users"],
  ["POST", "users/1/sign-out"],
  ["GET", "guest-links"],
  ["DELETE", "guest-links/x"],
  ["GET", "bans"],
  ["DELETE", "bans/1"],
  ["GET", "quality"],
  ["GET", "status"],
  ["GET", "audit"],
  ["GET", "settings"],
  ["PATCH", "settings"],
  ["PUT", "access-password"],
];

Deno.test("signing in as an administrator", async (t) => {
  const app = await startApp();
  await makeAdmin(app);
  const signIn = (body: unknown, from?: string) =>
    app.ask("POST", "/api/admin/login", { body, from });
  const right = { username: " Anna ", password: ADMIN_PASSWORD };

  await t.step("a token, the account, and a cookie for the panel", async () => {
    const { status, body, headers } = await signIn(right);
    assert.equal(status, 200);
    assert.deepEqual(AdminLoginAnswer.parse(body), body);
    const cookie = headers.getSetCookie().find((each) => each.startsWith("vc_admin="))!;
    assert.match(cookie, /; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/);
    const byCookie = { headers: { cookie: cookie.split(";")[0]! } };
    const me = await app.ask("GET", "/api/admin/me", byCookie);
    assert.deepEqual(Admin.parse(me.body), body.admin);
    const fromElsewhere = { headers: { ...byCookie.headers, origin: "https://evil.example" } };
    const foreign = await app.ask("POST", "/api/admin/logout", fromElsewhere);
    assert.equal(foreign.body.error_code, "FOREIGN_ORIGIN");
    const without = await app.ask("POST", "/api/admin/logout", byCookie);
    assert.equal(without.body.error_code, "FOREIGN_ORIGIN", "a cookie alone proves no page");
    assert.equal((await app.ask("POST", "/api/admin/logout", { token: body.token })).status, 204);
    assert.equal((await app.ask("GET", "/api/admin/me", byCookie)).status, 401);
  });

  await t.step("an unknown name and a wrong password answer alike", async () => {
    const wrong = await signIn({ ...right, password: "wrong-password" }, "192.0.2.7");
    const nobody = await signIn({ ...right, username: "nobody" }, "192.0.2.8");
    for (const { status, body } of [wrong, nobody]) {
      assert.deepEqual([status, body.error_code], [401, "INVALID_CREDENTIALS"]);
    }
    assert.equal((await signIn({ username: "a b", password: "x" })).status, 400);
  });

  await t.step("guessing is stopped, address by address", async () => {
    const from = "192.0.2.9";
    const guesses = await Promise.all(
      Array.from({ length: 8 }, () => signIn({ ...right, password: "guess" }, from)),
    );
    assert.equal(guesses.filter(({ status }) => status === 401).length, 5);
    const { status, headers } = await signIn(right, from);
    assert.equal(status, 429);
    assert.ok(Number(headers.get("retry-after")) > 0);
    assert.equal((await signIn(right, "192.0.2.10")).status, 200);
  });

  await t.step("failures stand in the audit log, counted", async () => {
    const desk = await AdminDesk.signIn(app);
    const { items } = await desk.get("audit?action=sign_in_failed");
    const row = items.find(({ address }: AuditEntry) => address === "192.0.2.9");
    assert.deepEqual(row.details, { door: "admin", count: 5 });
  });
  await app.stop();
});

Deno.test("nobody else gets in: no surface, no token of another kind", async () => {
  const app = await startApp();
  const desk = await AdminDesk.open(app);
  const user = await app.signIn();
  const room = await app.createRoom(user.token);
  const guest = await app.guest(user.token, room.room_code);
  const stay = (await app.join(user.token, room.room_code)).body.session_token;
  for (const [method, path] of SURFACE) {
    const ask = async (token?: string) => {
      const { status, body } = await app.ask(method, `/api/admin/${path}`, { token });
      return `${status} ${body.error_code}`;
    };
    assert.equal(await ask(), "401 UNAUTHORIZED", path);
    assert.equal(await ask("x.y.z"), "401 SESSION_EXPIRED", path);
    for (const token of [user.token, guest.token, stay]) {
      assert.equal(await ask(token), "403 FORBIDDEN", path);
    }
  }
  const asPerson = await app.ask("GET", "/api/auth/me", { token: desk.token });
  assert.equal(asPerson.status, 401, "an administrator's token opens no rooms");
  await app.stop();
});

Deno.test("an account that is gone or has another password is signed out", async () => {
  const app = await startApp();
  const { admins } = await AdminDesk.open(app).then(async (desk) => {
    await makeAdmin(app, "ben");
    return { admins: [desk, await AdminDesk.signIn(app, "ben")] };
  });
  const [anna, ben] = admins as [AdminDesk, AdminDesk];
  const cli = async (...args: string[]) => {
    const { runCli } = await import("../../lib/server/cli/cli.ts");
    const quiet = { say: () => {}, complain: () => {}, isInteractive: false };
    const terminal = { ...quiet, secret: () => Promise.resolve("another-password") };
    assert.equal(await runCli(["admin", ...args], () => app.container.config, terminal), 0);
  };
  await cli("set-password", "anna");
  assert.equal((await anna.ask("GET", "me")).status, 401);
  await AdminDesk.signIn(app, "anna", "another-password");
  await cli("remove", "ben");
  assert.equal((await ben.ask("GET", "me")).status, 401);
  await cli("create", "ben");
  assert.equal((await ben.ask("GET", "me")).status, 401, "the name is the same, the person not");
  await app.stop();
});

Deno.test("rooms: found, looked into, ended", async (t) => {
  const app = await startApp();
  const desk = await AdminDesk.open(app);
  const host = await app.signIn("Host");
  const names = ["Monday", "Tuesday", "Secret"];
  const rooms = [];
  for (const room_name of names) {
    rooms.push(await app.createRoom(host.token, { room_name, is_private: room_name === "Secret" }));
  }
  const [monday, , secret] = rooms as [typeof rooms[0], typeof rooms[0], typeof rooms[0]];
  const joined = (await app.join(host.token, monday.room_code)).body;
  await using socket = await SocketClient.open(joined);
  await socket.take("room_state");
  const found = async (query: string) =>
    (await desk.get(`rooms?${query}`)).items.map(({ room_name }: AdminRoom) => room_name);

  await t.step("all of them, newest first, page by page, by search", async () => {
    const page = await desk.get("rooms");
    assert.deepEqual(pageOf(AdminRoom).parse(page), page);
    assert.deepEqual(await found(""), ["Secret", "Tuesday", "Monday"]);
    assert.deepEqual(await found("limit=1&offset=1"), ["Tuesday"]);
    assert.deepEqual(await found("q=tUES"), ["Tuesday"]);
    assert.deepEqual(await found(`q=${secret.room_code.toLowerCase()}`), ["Secret"]);
    // Codes are random and may have the same digit in them.
    assert.ok((await found(`q=${monday.room_id}&limit=100`)).includes("Monday"));
    assert.equal((await desk.get("rooms?limit=1")).total, 3);
    assert.equal((await desk.ask("GET", "rooms?limit=1000")).status, 400);
  });

  await t.step("with who is in them now", async () => {
    assert.deepEqual(await found("occupied=true"), ["Monday"]);
    const details = await desk.get(`rooms/${monday.room_id}`);
    assert.deepEqual(AdminRoomDetails.parse(details), details);
    assert.deepEqual([details.participants, details.online], [1, 1]);
    assert.equal(details.created_by_name, "Host");
    assert.equal(details.present[0].user_name, "Host");
    assert.equal((await desk.ask("GET", "rooms/999")).body.error_code, "ROOM_NOT_FOUND");
    assert.equal((await desk.ask("GET", "rooms/x")).body.error_code, "NOT_FOUND");
  });

  await t.step("ending one is seen by everyone in it, and stands in the log", async () => {
    assert.equal((await desk.ask("DELETE", `rooms/${monday.room_id}`)).status, 204);
    assert.deepEqual((await socket.take("room_ended")).data, { ended_by: null });
    assert.equal(await closeCode(socket), 4410);
    assert.equal((await desk.ask("DELETE", `rooms/${monday.room_id}`)).status, 410);
    assert.deepEqual(await found("active=false"), ["Monday"]);
    const [row] = (await desk.get("audit?action=room_ended")).items;
    assert.deepEqual(AuditEntry.parse(row), row);
    assert.deepEqual([row.actor.name, row.target.name, row.address], [
      "anna",
      "Monday",
      "127.0.0.1",
    ]);
  });
  await app.stop();
});

Deno.test("users: found, signed out everywhere", async () => {
  const app = await startApp();
  const desk = await AdminDesk.open(app);
  const ann = await app.signIn("Ann");
  const host = await app.signIn("Host");
  const room = await app.createRoom(host.token);
  await app.guest(host.token, room.room_code);
  const page = await desk.get("users");
  assert.deepEqual(pageOf(AdminUser).parse(page), page);
  assert.equal(page.total, 3);
  assert.ok(page.items.every(({ sessions }: AdminUser) => sessions === 1));
  const names = async (query: string) =>
    (await desk.get(`users?${query}`)).items.map(({ user_name }: AdminUser) => user_name);
  assert.deepEqual(await names("guests=true"), ["Guest"]);
  assert.deepEqual(await names("q=an"), ["Ann"]);

  const joined = (await app.join(ann.token, room.room_code)).body;
  await using socket = await SocketClient.open(joined);
  await socket.take("room_state");
  assert.equal((await desk.ask("POST", `users/${ann.user.user_id}/sign-out`)).status, 204);
  assert.equal(await closeCode(socket), 4401);
  assert.equal((await app.ask("GET", "/api/auth/me", { token: ann.token })).status, 401);
  assert.equal((await app.ask("GET", "/api/auth/me", { token: host.token })).status, 200);
  assert.equal((await desk.ask("POST", "users/999/sign-out")).status, 404);
  await app.stop();
});

Deno.test("guest links: found, revoked with their guests", async () => {
  const app = await startApp();
  const desk = await AdminDesk.open(app);
  const host = await app.signIn("Host");
  const room = await app.createRoom(host.token, { room_name: "Party" });
  const guest = await app.guest(host.token, room.room_code);
  const page = await desk.get("guest-links");
  assert.deepEqual(pageOf(AdminGuestLink).parse(page), page);
  const [link] = page.items;
  assert.deepEqual([link.room_name, link.created_by_name, link.uses, link.state], [
    "Party",
    "Host",
    1,
    "active",
  ]);
  assert.equal("guest_token" in link, false);
  const joined = (await app.join(guest.token, room.room_code)).body;
  await using socket = await SocketClient.open(joined);
  await socket.take("room_state");
  assert.equal((await desk.ask("DELETE", `guest-links/${link.link_id}`)).status, 204);
  assert.equal(await closeCode(socket), 4401);
  assert.equal((await app.ask("GET", "/api/auth/me", { token: guest.token })).status, 401);
  assert.equal((await desk.get("guest-links?state=revoked")).total, 1);
  assert.equal((await desk.get("guest-links?state=active")).total, 0);
  assert.equal((await desk.get("guest-links?q=par")).total, 1);
  assert.equal((await desk.get("guest-links?q=nothing")).total, 0);
  assert.equal((await desk.ask("DELETE", "guest-links/nothing")).status, 404);
  assert.equal((await desk.get("audit?action=guest_link_revoked")).items[0].target.name, "Party");
  await app.stop();
});

Deno.test("bans: found, lifted", async () => {
  const app = await startApp();
  const desk = await AdminDesk.open(app);
  const host = await app.signIn("Host");
  const room = await app.createRoom(host.token, { room_name: "Party" });
  await app.join(host.token, room.room_code);
  const rude = await app.signIn("Rude");
  const { participant_id } = (await app.join(rude.token, room.room_code)).body;
  const path = `/video/rooms/${room.room_code}/participants/${participant_id}?ban=true`;
  assert.equal((await app.ask("DELETE", path, { token: host.token })).status, 204);
  assert.equal((await app.join(rude.token, room.room_code)).status, 403);

  const page = await desk.get("bans");
  assert.deepEqual(pageOf(AdminBan).parse(page), page);
  const [ban] = page.items;
  assert.deepEqual([ban.user_name, ban.room_name, ban.banned_by_name], ["Rude", "Party", "Host"]);
  assert.equal((await desk.get("bans?q=rud")).total, 1);
  assert.equal((await desk.get("bans?q=nobody")).total, 0);
  assert.equal((await desk.ask("DELETE", `bans/${ban.ban_id}`)).status, 204);
  assert.equal((await desk.ask("DELETE", `bans/${ban.ban_id}`)).status, 404);
  assert.equal((await app.join(rude.token, room.room_code)).status, 200);
  assert.equal((await desk.get("audit?action=ban_lifted")).items[0].target.name, "Rude");
  await app.stop();
});

Deno.test("settings apply at once, survive a restart, and can be taken back", async () => {
  const first = await startApp({ RESUME_GRACE_SECONDS: "7" });
  const desk = await AdminDesk.open(first);
  const before = await desk.get("settings");
  assert.deepEqual(AdminSettingsAnswer.parse(before), before);
  assert.deepEqual([before.settings.resume_grace_seconds, before.changed], [7, []]);
  const change = (body: unknown, at = desk) => at.ask("PATCH", "settings", { body });
  for (const wrong of [{ log_level: "loud" }, { resume_grace_seconds: -1 }, { port: 1 }]) {
    assert.equal((await change(wrong)).status, 400, JSON.stringify(wrong));
  }
  const { status, body } = await change({
    default_locale: "ru",
    guest_link_seconds: 3600,
    waiting_room_default: true,
    resume_grace_seconds: 0,
    log_level: "debug",
  });
  assert.equal(status, 200);
  assert.deepEqual(AdminSettingsAnswer.parse(body), body);
  assert.equal(body.updated_by, "anna");
  assert.equal(body.configured.resume_grace_seconds, 7);

  const unknown = await first.ask("GET", "/api/nothing");
  assert.equal(unknown.headers.get("content-language"), "ru");
  const host = await first.signIn("Host");
  const room = await first.createRoom(host.token);
  assert.equal(room.waiting_room_enabled, true);
  const chosen = await first.createRoom(host.token, { waiting_room_enabled: false });
  assert.equal(chosen.waiting_room_enabled, false);
  const path = `/api/rooms/${room.room_code}/generate-guest-link`;
  assert.equal((await first.ask("POST", path, { token: host.token })).status, 200);
  const [link] = (await desk.get("guest-links")).items;
  assert.equal(Date.parse(link.expires_at) - Date.parse(link.created_at), 3_600_000);

  await using rest = await leaveUncleanly(first, host.token, chosen.room_code);
  await rest.left("a grace of nothing is over at once");

  const second = await first.restart();
  const later = await AdminDesk.signIn(second);
  assert.equal((await later.get("settings")).settings.default_locale, "ru");
  const back = await change({ default_locale: null, resume_grace_seconds: null }, later);
  assert.equal(back.body.settings.default_locale, "en");
  assert.equal(back.body.settings.resume_grace_seconds, 7);
  assert.deepEqual(back.body.changed.sort(), [
    "guest_link_seconds",
    "log_level",
    "waiting_room_default",
  ]);
  const [row] = (await later.get("audit?action=settings_changed")).items;
  assert.deepEqual(row.details, { default_locale: null, resume_grace_seconds: null });
  await second.stop();
});

/** Somebody else sees how a participant's cable is cut. */
async function leaveUncleanly(
  app: Awaited<ReturnType<typeof startApp>>,
  hostToken: string,
  code: string,
) {
  const { Cable } = await import("../fixtures/wire.ts");
  const watcher = await SocketClient.open((await app.join(hostToken, code)).body);
  await watcher.take("room_state");
  const ann = await app.signIn("Ann");
  using cable = new Cable(Number(new URL(app.origin).port));
  const { body } = await app.join(ann.token, code);
  const socket = await SocketClient.open(body, cable.port);
  await socket.take("room_state");
  await watcher.take("participant_joined");
  cable.cut();
  await socket.closed;
  return {
    async left(why: string) {
      const { data } = await watcher.take("participant_left", 5_000);
      assert.equal(data.reason, "connection_lost", why);
    },
    [Symbol.asyncDispose]: () => watcher[Symbol.asyncDispose](),
  };
}

Deno.test("the access password is changed; old sessions end when asked", async () => {
  const app = await startApp();
  const desk = await AdminDesk.open(app);
  const ann = await app.signIn("Ann");
  const room = await app.createRoom(ann.token);
  const guest = await app.guest(ann.token, room.room_code);
  const change = (body: unknown) => desk.ask("PUT", "access-password", { body });
  const signIn = (password: string) =>
    app.ask("POST", "/api/auth/login", { body: { password, user_name: "Ben" } });

  assert.equal((await change({ password: "short" })).status, 400);
  const chosen = await change({ password: "chosen-by-anna" });
  assert.deepEqual(AccessPasswordAnswer.parse(chosen.body), {
    generated_password: null,
    ended_sessions: 0,
  });
  assert.equal((await signIn(ACCESS_PASSWORD)).status, 401);
  assert.equal((await signIn("chosen-by-anna")).status, 200);
  assert.equal((await app.ask("GET", "/api/auth/me", { token: ann.token })).status, 200);

  const joined = (await app.join(ann.token, room.room_code)).body;
  await using socket = await SocketClient.open(joined);
  await socket.take("room_state");
  const made = await change({ end_sessions: true });
  assert.equal(made.body.ended_sessions, 2);
  assert.equal(await closeCode(socket), 4401);
  assert.equal((await app.ask("GET", "/api/auth/me", { token: ann.token })).status, 401);
  assert.equal((await app.ask("GET", "/api/auth/me", { token: guest.token })).status, 200);
  assert.equal((await signIn(made.body.generated_password)).status, 200);
  const rows = (await desk.get("audit?action=access_password_changed")).items;
  assert.equal(rows.length, 2);
  assert.doesNotMatch(JSON.stringify(rows) + app.log.join(""), /chosen-by-anna/);

  const again = await app.restart();
  const { status } = await again.ask("POST", "/api/auth/login", {
    body: { password: made.body.generated_password, user_name: "Ben" },
  });
  assert.equal(status, 200, "ACCESS_PASSWORD says what it said before: the later word counts");
  await again.stop();
});

Deno.test("the status of the server and of what it depends on", async () => {
  const app = await startApp({
    WEBRTC_STUN_SERVERS: "stun:127.0.0.1:9",
    WEBRTC_TURN_SERVERS: "turn:127.0.0.1:9?transport=tcp",
  });
  const desk = await AdminDesk.open(app);
  const status = await desk.get("status");
  assert.deepEqual(AdminStatus.parse(status), status);
  assert.deepEqual([status.hub.ok, status.database.ok, status.database.kind], [true, true, "file"]);
  assert.ok(status.database.size_bytes > 0 && status.storage.free_bytes > 0);
  assert.deepEqual([status.ice.stun_configured, status.ice.turn_configured], [true, true]);
  assert.deepEqual(
    status.ice.servers.map(({ reachable }: { reachable: boolean }) => reachable),
    [false, false],
  );
  await app.stop();
});
