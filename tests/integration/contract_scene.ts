/**
 * One stage for one operation: people, a room and everything that the variables of the examples
 * stand for. Every scene has its own people and its own client address, so that none runs into the
 * limits of another.
 */
import { sampleTarget } from "../../lib/server/http/openapi_samples.ts";
import type { Operation, Variable } from "../../lib/shared/protocol/operations_model.ts";
import { AdminAccounts } from "../../lib/server/services/admin_accounts.ts";
import type { SignedIn } from "../../lib/server/services/auth.ts";
import { Ids } from "../../lib/server/store/ids.ts";
import { saveUser } from "../../lib/server/store/users.ts";
import { ACCESS_PASSWORD, type Answer, type App, type Ask } from "./app.ts";

export interface Request extends Ask {
  method: string;
  path: string;
}

export interface Scene {
  readonly app: App;
  readonly variables: Record<Variable, string>;
  /** Somebody signed in who has nothing to do with the room. */
  readonly strangerToken: string;
  /** A guest who is in the room. */
  readonly guestToken: string;
  /** Of the host's own stay. */
  readonly participantToken: string;
  /** Address that everybody here asks from. */
  readonly from: string;
}

const ADMIN = "root";
const ADMIN_PASSWORD = "battery-horse-correct";

let scenes = 0;
/** Judging a password takes its time: one sign-in for all scenes of a server. */
const adminTokens = new WeakMap<App, Promise<string>>();

async function makeAdmin({ ask, container }: App): Promise<string> {
  const { kv, services } = container;
  const accounts = new AdminAccounts({
    kv,
    clock: Date.now,
    audit: services.audit,
    ids: new Ids(kv),
  });
  await accounts.create(ADMIN, ADMIN_PASSWORD);
  const body = { username: ADMIN, password: ADMIN_PASSWORD };
  const answer = await ask("POST", "/api/admin/login", { body });
  return answer.body.token;
}

function adminToken(app: App): Promise<string> {
  const token = adminTokens.get(app) ?? makeAdmin(app);
  adminTokens.set(app, token);
  return token;
}

/** The next scene signs in again. */
export function forgetAdmin({ app }: Scene): void {
  adminTokens.delete(app);
}

/** As after signing in, without waiting for the password to be judged. */
async function newUser({ container }: App, user_name: string): Promise<SignedIn> {
  const { kv, services } = container;
  const user_id = await new Ids(kv).next("user");
  await saveUser(kv, { user_id, user_name, is_guest: false, created_at: new Date().toISOString() });
  return await services.auth.openSession({ user_id, user_name });
}

/** @param wish fields of the room */
export async function setScene(app: App, wish: Record<string, unknown> = {}): Promise<Scene> {
  const number = ++scenes;
  const from = `10.0.${number >> 8}.${number & 255}`;
  const host = await newUser(app, "Ann");
  const stranger = await newUser(app, "Eve");
  const room = await app.createRoom(host.token, wish);
  const joined = await app.join(host.token, room.room_code, { from });
  const links = `/api/rooms/${room.room_code}/generate-guest-link`;
  const link = await app.ask("POST", links, { token: host.token, from });
  const body = { guest_token: link.body.guest_token };
  const guest = (await app.ask<SignedIn>("POST", "/api/auth/guest", { body, from })).body;
  const present = await app.join(guest.token, room.room_code, { from });
  const variables: Record<Variable, string> = {
    BASE: app.origin,
    PASSWORD: ACCESS_PASSWORD,
    TOKEN: host.token,
    CODE: room.room_code,
    PARTICIPANT: String(present.body.participant_id),
    GUEST_TOKEN: link.body.guest_token,
    LINK: "",
    BAN: "",
    ROOM: String(room.room_id),
    USER: String(stranger.user.user_id),
    WAITING: "",
    RECORDING: "",
    UPLOAD: "",
    FILE: "/dev/null",
    ADMIN,
    ADMIN_PASSWORD,
    ADMIN_TOKEN: await adminToken(app),
  };
  return {
    app,
    variables,
    strangerToken: stranger.token,
    guestToken: guest.token,
    participantToken: joined.body.session_token,
    from,
  };
}

/** The example of an operation, as a request of this scene. */
export function exampleOf(operation: Operation, { variables, from }: Scene): Request {
  const { method, who, body, headers, content } = operation;
  const token = { anyone: undefined, admin: variables.ADMIN_TOKEN }[who as string];
  return {
    method,
    path: filled(sampleTarget(operation), variables),
    token: who === "anyone" || who === "admin" ? token : variables.TOKEN,
    ...(body === undefined ? {} : { body: filled(JSON.stringify(body.example), variables) }),
    ...(content === undefined ? {} : { body: content.example }),
    headers: {
      ...headers?.example,
      ...(content === undefined ? {} : { "content-type": content.type }),
    },
    from,
  };
}

/** As a shell would do it. */
export function filled(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$([A-Z_]+)/g, (_, name: string) => {
    const value = variables[name];
    if (value === undefined) throw new Error(`nothing is known of $${name}`);
    return value;
  });
}

// deno-lint-ignore no-explicit-any -- bodies of many shapes
export function send({ app }: Scene, { method, path, ...ask }: Request): Promise<Answer<any>> {
  return app.ask(method, path, ask);
}

/** What a shell must know to run the commands of the reference. */
export function sampleEnvironment({ variables }: Scene): Record<string, string> {
  return { ...variables };
}
