/** A room and its people, for tests of who may do what: real HTTP, real sockets, one process. */
import type { SessionWish } from "../../lib/server/services/auth.ts";
import type { JoinAnswer, Role } from "../../lib/shared/protocol/participants.ts";
import type { VideoRoom } from "../../lib/shared/protocol/rooms.ts";
import { SocketClient } from "../fixtures/socket_client.ts";
import { type Answer, type App, type Ask, startApp } from "./app.ts";

/** Somebody with a session of their own; `id` and `socket` are there once they are in. */
export interface Person {
  readonly name: string;
  readonly token: string;
  readonly userId: number;
  /** Everyone comes from an address of their own, so that limits per address stay out of the way. */
  readonly from: string;
  readonly headers: Record<string, string>;
  id: number;
  joined: JoinAnswer;
  socket: SocketClient;
}

export class Cast implements AsyncDisposable {
  app: App;
  readonly room: VideoRoom;
  readonly host: Person;
  readonly #sockets: SocketClient[] = [];
  static #people = 0;

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

  /** Who came by a guest link. */
  guest(name: string): Promise<Person> {
    return Cast.#make(this.app, name, { room_id: this.room.room_id, link_id: "" });
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
  static async #make(app: App, name: string, guestOf?: SessionWish["guestOf"]): Promise<Person> {
    const number = ++Cast.#people;
    const user_id = 1_000 + number;
    const { auth } = app.container.services;
    const link = guestOf && { ...guestOf, link_id: null as unknown as string };
    const { token } = await auth.openSession({ user_id, user_name: name, guestOf: link });
    const from = `198.51.${number >> 8}.${number & 255}`;
    return { name, token, userId: user_id, from, headers: {} } as Person;
  }
}
