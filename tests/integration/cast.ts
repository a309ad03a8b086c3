/** A room and its people, for tests of who may do what: real HTTP, real sockets, one process. */
import type { JoinAnswer, Role } from "../../lib/shared/protocol/participants.ts";
import type { VideoRoom } from "../../lib/shared/protocol/rooms.ts";
import { SocketClient } from "../fixtures/socket_client.ts";
import { type Answer, type App, type Ask, startApp } from "./app.ts";

/** Somebody with a session of their own; `id` and `socket` are there once they are in. */
export interface Person {
  readonly name: string;
  token: string;
  userId: number;
  /** Everyone comes from an address of their own, so that limits per address stay out of the way. */
  readonly from: string;
  /** Cookies of the browser, where a test needs one. */
  headers: Record<string, string>;
  id: number;
  joined: JoinAnswer;
  socket: SocketClient;
}

export class Cast implements AsyncDisposable {
  app: App;
  readonly room: VideoRoom;
  readonly host: Person;
  readonly #sockets: SocketClient[] = [];

  private constructor(app: App, room: VideoRoom, host: Person) {
    this.app = app;
    this.room = room;
    this.host = host;
  }

  /** The host is signed in and made the room, but is not in it yet. */
  static async gather(wish: Partial<VideoRoom> = {}, variables = {}): Promise<Cast> {
    const app = await startApp(variables);
    const host = await Cast.#make(app, "Hanna Host");
    return new Cast(app, await app.createRoom(host.token, wish), host);
  }

  get code(): string {
    return this.room.room_code;
  }

  /** Who signed in with the access password. */
  user(name: string): Promise<Person> {
    return Cast.#make(this.app, name);
  }

  /** Who came by a guest link of their own. */
  async guest(name: string): Promise<Person> {
    const who = nobody(name);
    const made = await this.ask(this.host, "POST", this.linkPath("/generate-guest-link"));
    const { status, body } = await this.exchange(who, made.body.guest_token);
    if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`);
    return Object.assign(who, { token: body.token, userId: body.user.user_id });
  }

  /** Opens a guest link in the browser that `who` uses. */
  exchange({ name, from, headers }: Person, guest_token: string) {
    return this.app.ask("POST", "/api/auth/guest", {
      body: { guest_token, user_name: name },
      from,
      headers,
    });
  }

  /** Somebody of this role, in the room. */
  async enterAs(role: Role, name: string): Promise<Person> {
    const isGuest = role === "guest";
    const person = await this.enter(isGuest ? await this.guest(name) : await this.user(name));
    if (isGuest || role === "participant") return person;
    const path = this.path(`/participants/${person.id}/role`);
    const { status } = await this.ask(this.host, "POST", path, { body: { role } });
    if (status !== 200) throw new Error(`role ${role}: ${status}`);
    return person;
  }

  path(rest = ""): string {
    return `/video/rooms/${this.code}${rest}`;
  }

  linkPath(rest: string): string {
    return `/api/rooms/${this.code}${rest}`;
  }

  // deno-lint-ignore no-explicit-any -- tests read fields of many shapes; the assertions judge them
  ask<Body = any>(who: Person, method: string, path: string, ask: Ask = {}): Promise<Answer<Body>> {
    const { token, from, headers } = who;
    return this.app.ask(method, path, { token, from, headers, ...ask });
  }

  async join(who: Person, body: Record<string, unknown> = {}): Promise<Answer<JoinAnswer>> {
    const answer = await this.ask<JoinAnswer>(who, "POST", this.path("/join"), { body });
    if (answer.status === 200) {
      who.joined = answer.body;
      who.id = answer.body.participant_id;
    }
    return answer;
  }

  /** Joins and connects, also to the waiting room. */
  async enter(who: Person, body: Record<string, unknown> = {}): Promise<Person> {
    const { status, body: answer } = await this.join(who, body);
    if (status !== 200) throw new Error(`${who.name}: ${status} ${JSON.stringify(answer)}`);
    await this.connect(who);
    return who;
  }

  async connect(who: Person): Promise<void> {
    const { port } = new URL(this.app.origin);
    who.socket = await SocketClient.open(who.joined, Number(port));
    this.#sockets.push(who.socket);
  }

  /** A `moderation` event as everyone gets it, in short: who did what to whom. */
  async saw(who: Person): Promise<Record<string, unknown>> {
    const { data: { by, target, ...what } } = await who.socket.take("moderation");
    return { ...what, by: by?.user_name ?? null, target: target?.user_name ?? null };
  }

  /** Ends the process's server and starts another on the same data; sockets are gone. */
  async restart(): Promise<void> {
    this.app = await this.app.restart();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) await socket[Symbol.asyncDispose]();
    await this.app.stop();
  }

  /** Past the password, which is slow on purpose and not what these tests are about. */
  static async #make(app: App, name: string): Promise<Person> {
    const who = nobody(name);
    const user_id = FIRST_USER_ID + people;
    const { token } = await app.container.services.auth.openSession({ user_id, user_name: name });
    return Object.assign(who, { token, userId: user_id });
  }
}

let people = 0;
/** Beyond those that the server gives out itself. */
const FIRST_USER_ID = 1_000_000;

/** Not signed in yet. */
export function nobody(name: string): Person {
  const number = ++people;
  const from = `198.51.${number >> 8}.${number & 255}`;
  return { name, token: "", userId: 0, from, headers: {} } as Person;
}
