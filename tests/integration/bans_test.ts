/** Bans hold on the account and on the browser: a new link or a new name does not help. */
import assert from "node:assert/strict";
import { handshake } from "../fixtures/wire.ts";
import { ACCESS_PASSWORD } from "./app.ts";
import { Cast, nobody, type Person } from "./cast.ts";

/** A browser: keeps the cookies that it is given, and sends them. */
class Browser {
  readonly #cookies = new Map<string, string>();
  readonly #cast: Cast;

  constructor(cast: Cast) {
    this.#cast = cast;
  }

  get headers(): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return { cookie, origin: this.#cast.app.origin };
  }

  keep(answer: { headers: Headers }): void {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = "", path = ""] = /^([^=]+)=([^;]*).*?Path=([^;]+)/.exec(line) ??
        [];
      if (path === "/") this.#cookies.set(name, value);
    }
  }

  /** As people do who know how: everything is forgotten but what names the browser. */
  forgetSession(): void {
    this.#cookies.delete("vc_session");
  }

  async #open(name: string) {
    const link = await this.#cast.ask(
      this.#cast.host,
      "POST",
      this.#cast.linkPath("/generate-guest-link"),
    );
    const who = Object.assign(nobody(name), { headers: this.headers });
    return { who, answer: await this.#cast.exchange(who, link.body.guest_token) };
  }

  /** What following a fresh guest link answers. */
  async followLink(name: string): Promise<[number, string | undefined]> {
    const { answer } = await this.#open(name);
    this.keep(answer);
    return [answer.status, answer.body.error_code];
  }

  async guest(name: string): Promise<Person> {
    const { who, answer } = await this.#open(name);
    assert.equal(answer.status, 200);
    this.keep(answer);
    const { token, user } = answer.body;
    return Object.assign(who, { token, userId: user.user_id, headers: this.headers });
  }

  async signIn(name: string): Promise<Person> {
    const who = nobody(name);
    const answer = await this.#cast.app.ask("POST", "/api/auth/login", {
      body: { password: ACCESS_PASSWORD, user_name: name },
      headers: this.headers,
      from: who.from,
    });
    this.keep(answer);
    const { token, user } = answer.body;
    return Object.assign(who, { token, userId: user.user_id, headers: this.headers });
  }
}

async function refusal(answer: Promise<{ status: number; body: unknown }>) {
  const { status, body } = await answer;
  return [status, (body as { error_code?: string }).error_code];
}

const BANNED = [403, "BANNED"];
const ban = (cast: Cast, who: Person, reason = "") =>
  cast.ask(cast.host, "DELETE", cast.path(`/participants/${who.id}?ban=true&reason=${reason}`));

Deno.test("a banned guest stays out of this room, whichever way they come", async (t) => {
  await using cast = await Cast.gather();
  const host = await cast.enter(cast.host);
  const ann = await cast.enter(await cast.user("Ann"));
  const browser = new Browser(cast);
  const gina = await cast.enter(await browser.guest("Gina"));

  await t.step("sent away, and everyone hears it", async () => {
    assert.equal((await ban(cast, gina, "noise")).status, 204);
    assert.deepEqual(await cast.saw(gina), { action: "ban", by: "Hanna Host", target: "Gina" });
    assert.equal((await gina.socket.closed).code, 4407);
    assert.deepEqual(await cast.saw(ann), { action: "ban", by: "Hanna Host", target: "Gina" });
    assert.equal((await ann.socket.take("participant_left")).data.reason, "banned");
  });

  await t.step("the same session", async () => {
    assert.deepEqual(await refusal(cast.join(gina)), BANNED);
    assert.deepEqual(await refusal(cast.ask(gina, "GET", cast.path("/participants"))), BANNED);
    const url = gina.joined.ws_url.replace("ws:", "http:");
    const { status, body } = await handshake(url, {
      "Origin": cast.app.origin,
      "Sec-WebSocket-Protocol": `videocall.v1, bearer.${gina.joined.session_token}`,
    });
    assert.deepEqual([status, JSON.parse(body).error_code], BANNED);
    const withoutCookies = cast.app.ask("POST", cast.path("/join"), { token: gina.token });
    assert.deepEqual(await refusal(withoutCookies), BANNED);
    const page = await cast.ask(gina, "GET", `/video/room/${cast.code}`, {
      headers: browser.headers,
    });
    assert.equal(page.status, 403);
  });

  await t.step("another link, another name, no session", async () => {
    assert.deepEqual(await browser.followLink("Gina"), BANNED);
    browser.forgetSession();
    assert.deepEqual(await browser.followLink("Somebody Else"), BANNED);
  });

  await t.step("signed in with the access password", async () => {
    const user = await browser.signIn("Brand New");
    assert.deepEqual(await refusal(cast.join(user)), BANNED);
    assert.deepEqual(await browser.followLink("Brand New"), BANNED);
    const elsewhere = await cast.app.createRoom(user.token);
    assert.equal((await cast.app.join(user.token, elsewhere.room_code)).status, 200);
  });

  await t.step("after a restart", async () => {
    await cast.restart();
    assert.deepEqual(await refusal(cast.join(gina)), BANNED);
    browser.forgetSession();
    assert.deepEqual(await browser.followLink("Gina"), BANNED);
  });

  await t.step("another browser is not meant", async () => {
    assert.equal((await cast.join(await new Browser(cast).guest("Gina"))).status, 200);
  });

  await t.step("listed, lifted, and told", async () => {
    await cast.enter(host);
    const { body } = await cast.ask(host, "GET", cast.path("/bans"));
    const [row, ...rest] = body;
    assert.deepEqual(rest, []);
    assert.deepEqual(row, {
      ban_id: row.ban_id,
      room_id: cast.room.room_id,
      user_id: gina.userId,
      user_name: "Gina",
      reason: "noise",
      banned_by: host.userId,
      banned_by_name: "Hanna Host",
      banned_at: row.banned_at,
    });
    const path = cast.path(`/bans/${row.ban_id}`);
    assert.equal((await cast.ask(host, "DELETE", path)).status, 204);
    assert.deepEqual(await cast.saw(host), { action: "unban", by: "Hanna Host", target: "Gina" });
    assert.equal((await cast.ask(host, "DELETE", path)).status, 404);
    assert.equal((await cast.join(gina)).status, 200);
    browser.forgetSession();
    assert.deepEqual(await browser.followLink("Somebody Else"), [200, undefined]);
  });
});

Deno.test("a ban by socket takes everyone who came with the browser, but nobody who leads", async () => {
  await using cast = await Cast.gather();
  const browser = new Browser(cast);
  const host = cast.host;
  const first = await cast.enter(await browser.guest("First"));
  browser.forgetSession();
  const second = await cast.enter(await browser.guest("Second"));
  host.headers = browser.headers;
  await cast.enter(host);
  const other = await cast.enter(await cast.guest("Other"));
  host.socket.send({ type: "ban-participant", data: { participant_id: first.id } });
  assert.equal((await first.socket.closed).code, 4407);
  assert.equal((await second.socket.closed).code, 4407);
  await cast.saw(other);
  assert.equal((await cast.join(host)).status, 200, "the host's own browser");
  const list = await cast.ask(host, "GET", cast.path("/participants"));
  assert.equal(list.body.length, 2);
});

Deno.test("also who waits, and who has left, can be banned; hosts cannot lock themselves out", async () => {
  await using cast = await Cast.gather({ waiting_room_enabled: true });
  const host = await cast.enter(cast.host);
  const waiting = await cast.enter(await cast.guest("Waiting"));
  const left = await cast.enter(await cast.user("Left"));
  await left.socket.close();
  const coHost = await cast.enterAs("host", "Co-Host");

  assert.equal((await ban(cast, waiting)).status, 204);
  assert.equal((await waiting.socket.closed).code, 4407);
  assert.deepEqual(await refusal(cast.join(waiting)), BANNED);
  assert.equal((await ban(cast, left)).status, 204);
  assert.deepEqual(await refusal(cast.join(left)), BANNED);
  assert.equal((await ban(cast, left)).status, 204, "twice is once");
  assert.equal((await cast.ask(host, "GET", cast.path("/bans"))).body.length, 2);

  const self = await ban(cast, host);
  assert.deepEqual([self.status, self.body.reason], [409, "yourself"]);
  const path = cast.path(`/participants/${host.id}?ban=true`);
  const coup = await cast.ask(coHost, "DELETE", path);
  assert.deepEqual([coup.status, coup.body.reason], [409, "creator"]);
  assert.equal((await ban(cast, coHost)).status, 204);
  assert.deepEqual(await refusal(cast.join(coHost)), BANNED);
});

Deno.test("the name of a browser cannot be made up", async () => {
  await using cast = await Cast.gather();
  await cast.enter(cast.host);
  const browser = new Browser(cast);
  const gina = await cast.enter(await browser.guest("Gina"));
  await ban(cast, gina);
  const forged = Object.assign(nobody("Forged"), { headers: { cookie: "vc_browser=a.b.c" } });
  const path = cast.linkPath("/generate-guest-link");
  const link = await cast.ask(cast.host, "POST", path);
  const answer = await cast.exchange(forged, link.body.guest_token);
  assert.equal(answer.status, 200);
  assert.ok(answer.headers.getSetCookie().some((cookie) => /^vc_browser=ey/.test(cookie)));
});
