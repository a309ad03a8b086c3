/** The product in this process: real HTTP on a free port, real database in a directory of its own. */
import { fileURLToPath } from "node:url";
import { boot } from "../../lib/server/boot.ts";
import { loadConfig } from "../../lib/server/config.ts";
import type { Container } from "../../lib/server/container.ts";
import { createLiveHub } from "../../lib/server/hub/live_hub.ts";
import { SocketDoor } from "../../lib/server/hub/socket.ts";
import { Assets } from "../../lib/server/http/assets.ts";
import { createEdge, type Renderer } from "../../lib/server/http/edge.ts";
import type { GuestLinkAnswer, LoginAnswer } from "../../lib/shared/protocol/auth.ts";
import type { JoinAnswer } from "../../lib/shared/protocol/participants.ts";
import type { VideoRoom } from "../../lib/shared/protocol/rooms.ts";
import { DIST } from "../../tools/sources.ts";
import { assertDocumented } from "./contract.ts";

export const ACCESS_PASSWORD = "correct-horse-battery";

export interface Ask {
  token?: string;
  /** Sent as JSON; a string goes as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  /** As if the request came from this address. */
  from?: string;
}

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface App {
  readonly origin: string;
  readonly container: Container;
  readonly dataDir: string;
  /** Lines of the log so far. */
  readonly log: readonly string[];
  /** @returns the answer; its body parsed where it is JSON. Undocumented answers fail. */
  // deno-lint-ignore no-explicit-any -- tests read fields of many shapes; the assertions judge them
  ask<Body = any>(method: string, path: string, ask?: Ask): Promise<Answer<Body>>;
  signIn(userName?: string): Promise<LoginAnswer>;
  createRoom(token: string, wish?: Partial<VideoRoom>): Promise<VideoRoom>;
  join(token: string, code: string, ask?: Ask): Promise<Answer<JoinAnswer>>;
  /** A new guest of a room whose host shows `token`. */
  guest(token: string, code: string, from?: string): Promise<LoginAnswer>;
  /** Ends this one and starts another on the same data, with some variables changed. */
  restart(overrides?: Record<string, string>): Promise<App>;
  stop(): Promise<void>;
}

const PROXY = { TRUSTED_PROXIES: "127.0.0.1", ACCESS_PASSWORD };

/** @param overrides environment variables */
export async function startApp(overrides: Record<string, string> = {}): Promise<App> {
  const dataDir = overrides.DATA_DIR ?? await Deno.makeTempDir({ prefix: "videocall-app-" });
  const env = { ...PROXY, ...overrides, DATA_DIR: dataDir };
  const log: string[] = [];
  const logSink = (line: string) => log.push(line);
  const { container, close: closeBooted } = await boot(loadConfig(env), { logSink });
  const live = createLiveHub(container);
  container.hub = live.port;
  live.hub.restore(await Array.fromAsync(container.services.participants.present()));
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    await makeHandler(new SocketDoor(live.hub)),
  );
  const origin = `http://127.0.0.1:${server.addr.port}`;

  async function close(): Promise<void> {
    live.hub.shutdown();
    await server.shutdown();
    await live.settled();
    await closeBooted();
  }

  return {
    ...requests(origin),
    origin,
    container,
    dataDir,
    log,
    async restart(changes = {}) {
      await close();
      return await startApp({ ...env, ...changes });
    },
    async stop() {
      await close();
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}

async function makeHandler(door: SocketDoor): Promise<Deno.ServeHandler> {
  const renderer: { default: Renderer } = await import(new URL("server/_ssr/ssr.mjs", DIST).href);
  const assets = await Assets.index(fileURLToPath(new URL("public", DIST)));
  return createEdge({ renderer: renderer.default, assets, door, https: false });
}

type Requests = Pick<App, "ask" | "signIn" | "createRoom" | "join" | "guest">;

function requests(origin: string): Requests {
  const ask: App["ask"] = async (method, path, { token, body, headers, from } = {}) => {
    const response = await fetch(origin + path, {
      method,
      redirect: "manual",
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(from === undefined ? {} : { "x-forwarded-for": from }),
        ...headers,
      },
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") && text !== "";
    const { status, headers: answered } = response;
    const answer = { status, headers: answered, body: isJson ? JSON.parse(text) : text };
    assertDocumented({ method, path, ...answer });
    return answer;
  };

  /** For steps that are not what a test is about. */
  async function must<Body>(answer: Promise<Answer<Body>>): Promise<Body> {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body;
  }

  return {
    ask,
    signIn: (user_name = "Ann") =>
      must(ask("POST", "/api/auth/login", { body: { password: ACCESS_PASSWORD, user_name } })),
    createRoom: (token, wish = {}) =>
      must(ask("POST", "/video/rooms", { token, body: { room_name: "Room", ...wish } })),
    join: (token, code, options = {}) =>
      ask("POST", `/video/rooms/${code}/join`, { token, ...options }),
    async guest(token, code, from) {
      const path = `/api/rooms/${code}/generate-guest-link`;
      const link = await must(ask<GuestLinkAnswer>("POST", path, { token }));
      const body = { guest_token: link.guest_token };
      return await must(ask<LoginAnswer>("POST", "/api/auth/guest", { body, from }));
    },
  };
}
