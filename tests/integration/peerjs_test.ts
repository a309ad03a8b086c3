/** PeerJS clients in a room, over real sockets and in the words of their own wire. */
import assert from "node:assert/strict";
import { peerIdOf } from "../../lib/shared/protocol/peerjs.ts";
import { PeerJsClient, type PeerJsDetails } from "../fixtures/peerjs_client.ts";
import { until } from "../fixtures/poll.ts";
import { closeCode } from "../fixtures/socket_client.ts";
import { handshake } from "../fixtures/wire.ts";
import { Cast, type Person } from "./cast.ts";

const SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
const CANDIDATE = {
  candidate: "candidate:1 1 udp 2122260223 127.0.0.1 50000 typ host",
  sdpMid: "0",
  sdpMLineIndex: 0,
  usernameFragment: "u",
};

/** As PeerJS 1.5.5 writes them. */
const offer = (connectionId: string, more: object = {}) => ({
  sdp: { type: "offer", sdp: SDP },
  type: "media",
  connectionId,
  ...more,
});
const answer = (connectionId: string) => ({
  sdp: { type: "answer", sdp: SDP },
  type: "media",
  connectionId,
});
const candidate = (connectionId: string) => ({
  candidate: CANDIDATE,
  type: "media",
  connectionId,
});

interface PeerJsPerson extends Person {
  peerId: string;
  peer: PeerJsClient;
}

class Scene implements AsyncDisposable {
  readonly #peers: PeerJsClient[] = [];

  private constructor(readonly cast: Cast) {}

  static async set(wish = {}): Promise<Scene> {
    return new Scene(await Cast.gather(wish));
  }

  peerId({ id }: Person): string {
    return peerIdOf(this.cast.code, id);
  }

  async connect(details: PeerJsDetails): Promise<PeerJsClient> {
    const peer = await PeerJsClient.connect(this.cast.app.origin, details);
    this.#peers.push(peer);
    return peer;
  }

  /** Joins by REST and connects with PeerJS. */
  async enter(name: string): Promise<PeerJsPerson> {
    const who = await this.cast.user(name);
    const { status } = await this.cast.join(who);
    assert.equal(status, 200);
    const peerId = this.peerId(who);
    const peer = await this.connect({ id: peerId, token: who.joined.session_token });
    await peer.take("OPEN");
    return Object.assign(who, { peerId, peer });
  }

  /** Somebody in the web app, who has seen the room. */
  async host(): Promise<Person> {
    const host = await this.cast.enter(this.cast.host, { capabilities: ["mesh-1", "e2ee-1"] });
    await host.socket.take("room_state");
    return host;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const peer of this.#peers) await peer[Symbol.asyncDispose]();
    await this.cast[Symbol.asyncDispose]();
  }
}

Deno.test("a PeerJS client is a participant: told of, listed, known by what it can do", async () => {
  await using scene = await Scene.set();
  const host = await scene.host();
  const paul = await scene.enter("Paul");
  const { data } = await host.socket.take("participant_joined");
  assert.equal(data.participant_id, paul.id);
  assert.equal(data.is_online, true);
  assert.deepEqual(data.capabilities, ["peerjs-1"]);
  await until("REST says the same", async () => {
    const { body } = await scene.cast.ask(paul, "GET", scene.cast.path("/participants"));
    const row = body.find((each: { participant_id: number }) => each.participant_id === paul.id);
    return row.is_online && row.capabilities.includes("peerjs-1");
  });
});

Deno.test("a call of the PeerJS client reaches the room as its own signaling, and back", async () => {
  await using scene = await Scene.set();
  const host = await scene.host();
  const paul = await scene.enter("Paul");
  const dst = scene.peerId(host);
  // Naming somebody else as the sender changes nothing.
  paul.peer.send({ type: "OFFER", src: dst, dst, payload: offer("mc_1") });
  const heard = await host.socket.take("offer");
  assert.equal(heard.from, paul.id);
  assert.equal(heard.data.sdp, SDP);
  assert.equal(heard.data.link, "mc_1");
  paul.peer.send({ type: "CANDIDATE", dst, payload: candidate("mc_1") });
  const { data, from } = await host.socket.take("ice-candidate");
  assert.equal(from, paul.id);
  assert.deepEqual(data, { ...CANDIDATE, link: "mc_1" });

  const link = { link: "mc_1", round: 1 };
  host.socket.send({ type: "answer", data: { type: "answer", sdp: SDP, ...link }, to: paul.id });
  host.socket.send({ type: "ice-candidate", data: { ...CANDIDATE, ...link }, to: paul.id });
  const between = { src: dst, dst: paul.peerId };
  assert.deepEqual(await paul.peer.take("ANSWER"), {
    type: "ANSWER",
    ...between,
    payload: answer("mc_1"),
  });
  assert.deepEqual(await paul.peer.take("CANDIDATE"), {
    type: "CANDIDATE",
    ...between,
    payload: candidate("mc_1"),
  });
});

Deno.test("the room calls the PeerJS client", async () => {
  await using scene = await Scene.set();
  const host = await scene.host();
  const paul = await scene.enter("Paul");
  const link = { link: "l1", round: 1 };
  host.socket.send({ type: "offer", data: { type: "offer", sdp: SDP, ...link }, to: paul.id });
  const call = await paul.peer.take("OFFER");
  assert.equal(call.src, scene.peerId(host));
  assert.deepEqual(call.payload, offer("l1"));
  paul.peer.send({ type: "ANSWER", dst: call.src!, payload: answer("l1") });
  const heard = await host.socket.take("answer");
  assert.equal(heard.from, paul.id);
  assert.deepEqual(heard.data, { type: "answer", sdp: SDP, link: "l1" });
});

Deno.test("with a client that gives connections no names, there is one at a time", async () => {
  await using scene = await Scene.set();
  const raw = await scene.cast.enter(scene.cast.host);
  const paul = await scene.enter("Paul");
  raw.socket.send({ type: "offer", data: { type: "offer", sdp: SDP } });
  raw.socket.send({ type: "ice-candidate", data: CANDIDATE });
  const call = await paul.peer.take("OFFER");
  const { connectionId } = call.payload;
  assert.ok(connectionId);
  assert.deepEqual((await paul.peer.take("CANDIDATE")).payload, candidate(connectionId));

  paul.peer.send({ type: "OFFER", dst: scene.peerId(raw), payload: offer("mc_2") });
  await raw.socket.take("offer");
  raw.socket.send({ type: "answer", data: { type: "answer", sdp: SDP } });
  assert.deepEqual((await paul.peer.take("ANSWER")).payload, answer("mc_2"));
});

Deno.test("PeerJS clients reach each other with all that PeerJS knows, data connections too", async () => {
  await using scene = await Scene.set();
  const paul = await scene.enter("Paul");
  const rosa = await scene.enter("Rosa");
  const traits = {
    type: "data",
    metadata: { topic: "files" },
    label: "dc_1",
    reliable: true,
    serialization: "binary",
  };
  paul.peer.send({ type: "OFFER", dst: rosa.peerId, payload: offer("dc_1", traits) });
  assert.deepEqual(await rosa.peer.take("OFFER"), {
    type: "OFFER",
    src: paul.peerId,
    dst: rosa.peerId,
    payload: offer("dc_1", traits),
  });
  rosa.peer.send({
    type: "ANSWER",
    dst: paul.peerId,
    payload: { ...answer("dc_1"), type: "data" },
  });
  assert.equal((await paul.peer.take("ANSWER")).payload.connectionId, "dc_1");
});

Deno.test("who is not in the room, or takes no such connection, is unavailable", async () => {
  await using scene = await Scene.set();
  const host = await scene.host();
  const elsewhere = await scene.cast.app.createRoom(host.token);
  const { body: stranger } = await scene.cast.app.join(host.token, elsewhere.room_code);
  const paul = await scene.enter("Paul");
  const nobody = [
    peerIdOf(scene.cast.code, 999_999),
    peerIdOf(elsewhere.room_code, stranger.participant_id),
    "5d3f2f0e-8a8c-4c5f-9f55-0f5a7c0e4c1d",
    paul.peerId,
  ];
  for (const dst of nobody) {
    paul.peer.send({ type: "OFFER", dst, payload: offer("mc_1") });
    assert.deepEqual(await paul.peer.take("EXPIRE"), {
      type: "EXPIRE",
      src: dst,
      dst: paul.peerId,
    });
  }
  const dst = scene.peerId(host);
  paul.peer.send({ type: "OFFER", dst, payload: offer("dc_1", { type: "data" }) });
  assert.equal((await paul.peer.take("EXPIRE")).src, dst);
  const heard = (await host.socket.heardSoFar()).map(({ type }) => type);
  assert.equal(heard.includes("offer"), false);
});

Deno.test("who goes is told of with LEAVE, and the PeerJS client's own going to the room", async () => {
  await using scene = await Scene.set();
  const host = await scene.host();
  const ben = await scene.cast.enter(await scene.cast.user("Ben"));
  const paul = await scene.enter("Paul");
  ben.socket.send({ type: "leave" });
  assert.deepEqual(await paul.peer.take("LEAVE"), {
    type: "LEAVE",
    src: scene.peerId(ben),
    dst: paul.peerId,
  });
  // `peer.destroy()` closes the socket without a code.
  await paul.peer.close();
  const left = await host.socket.take("participant_left");
  assert.equal(left.data.participant_id, ben.id);
  const { data } = await host.socket.take("participant_left");
  assert.deepEqual([data.participant_id, data.reason], [paul.id, "left"]);
});

Deno.test("a broken socket is no goodbye: the same client comes back to its connections", async () => {
  await using scene = await Scene.set();
  const host = await scene.host();
  const paul = await scene.enter("Paul");
  await host.socket.take("participant_joined");
  await paul.peer.close(3000);
  const away = await host.socket.take("participant_updated");
  assert.equal(away.data.is_online, false);
  const again = await scene.connect({ id: paul.peerId, token: paul.joined.session_token });
  await again.take("OPEN");
  const back = await host.socket.take("participant_updated");
  assert.equal(back.data.is_online, true);
  assert.equal(host.socket.inbox.some(({ type }) => type === "participant_left"), false);
});

Deno.test("joining anew is a new page, whose connections are new", async () => {
  await using scene = await Scene.set();
  const host = await scene.host();
  const paul = await scene.enter("Paul");
  await host.socket.take("participant_joined");
  await scene.cast.join(paul);
  await scene.connect({ id: paul.peerId, token: paul.joined.session_token });
  assert.equal((await host.socket.take("participant_left")).data.reason, "replaced");
  await host.socket.take("participant_joined");
});

Deno.test("removed and banned PeerJS clients hear why, and are out", async () => {
  await using scene = await Scene.set();
  const host = await scene.host();
  const paul = await scene.enter("Paul");
  const rosa = await scene.enter("Rosa");
  host.socket.send({ type: "remove-participant", data: { participant_id: paul.id } });
  assert.equal((await paul.peer.take("ERROR")).payload.msg, "removed");
  assert.equal((await paul.peer.closed).code, 4403);
  assert.equal((await rosa.peer.take("LEAVE")).src, paul.peerId);
  // The token of the stay that is over opens nothing.
  const again = await scene.connect({ id: paul.peerId, token: paul.joined.session_token });
  await again.take("ERROR");
  assert.equal((await again.closed).code, 4401);

  host.socket.send({ type: "ban-participant", data: { participant_id: rosa.id } });
  assert.equal((await rosa.peer.take("ERROR")).payload.msg, "banned");
  assert.equal((await rosa.peer.closed).code, 4407);
  const banned = await scene.connect({ id: rosa.peerId, token: rosa.joined.session_token });
  await banned.take("ERROR");
  assert.equal((await banned.closed).code, 4407);
});

Deno.test("a mute by a host is a fact about a PeerJS client as about anybody", async () => {
  await using scene = await Scene.set();
  const host = await scene.host();
  const paul = await scene.enter("Paul");
  await host.socket.take("participant_joined");
  host.socket.send({ type: "mute-participant", data: { participant_id: paul.id } });
  const { data } = await host.socket.take("participant_updated");
  assert.deepEqual([data.participant_id, data.is_muted], [paul.id, true]);
});

Deno.test("somebody who waits is open when let in, and hears nothing before", async () => {
  await using scene = await Scene.set({ waiting_room_enabled: true, waiting_room_for: "all" });
  const host = await scene.host();
  const paul = await scene.cast.user("Paul");
  const { body } = await scene.cast.join(paul);
  assert.equal(body.status, "waiting");
  const id = scene.peerId(paul);
  const peer = await scene.connect({ id, token: paul.joined.session_token });
  peer.send({ type: "OFFER", dst: scene.peerId(host), payload: offer("mc_1") });
  peer.send({ type: "HEARTBEAT" });
  assert.equal((await peer.take("EXPIRE")).src, scene.peerId(host));
  host.socket.send({ type: "admit-participant", data: { participant_id: paul.id } });
  await peer.take("OPEN");
  assert.deepEqual(peer.inbox, []);
  const { data } = await host.socket.take("participant_joined");
  assert.deepEqual(data.capabilities, ["peerjs-1"]);
});

Deno.test("rooms that demand encryption refuse PeerJS in words", async () => {
  await using scene = await Scene.set({ e2ee_required: true });
  const host = await scene.host();
  const paul = await scene.cast.user("Paul");
  await scene.cast.join(paul, { capabilities: ["mesh-1", "e2ee-1"] });
  const peer = await scene.connect({ id: scene.peerId(paul), token: paul.joined.session_token });
  assert.match((await peer.take("ERROR")).payload.msg, /encrypt/);
  assert.equal((await peer.closed).code, 4401);
  const heard = (await host.socket.heardSoFar()).map(({ type }) => type);
  assert.equal(heard.includes("participant_joined"), false);
});

Deno.test("what is no token of a stay, another's id and a foreign key are refused", async () => {
  await using scene = await Scene.set();
  const host = await scene.host();
  const paul = await scene.cast.user("Paul");
  await scene.cast.join(paul);
  const token = paul.joined.session_token;
  const id = scene.peerId(paul);
  const refused = [
    [{ id, token: "made-up" }, "ERROR"],
    // A session opens more than this room.
    [{ id, token: paul.token }, "ERROR"],
    [{ id: scene.peerId(host), token }, "ID-TAKEN"],
    [{ id, token, key: "ABCD2345" }, "INVALID-KEY"],
  ] as const;
  for (const [details, word] of refused) {
    const peer = await scene.connect(details);
    assert.ok((await peer.take(word)).payload.msg);
    assert.equal((await peer.closed).code, 4401);
  }
  // A name that is nobody's peer id does not count; the code of the room is a key, too.
  const peer = await scene.connect({ id: crypto.randomUUID(), token, key: scene.cast.code });
  await peer.take("OPEN");
  const logged = scene.cast.app.log.join("\n");
  assert.equal(logged.includes(token), false);
});

Deno.test("pages of other sites may not use it, and it counts as everybody's socket", async () => {
  await using scene = await Scene.set();
  const paul = await scene.cast.user("Paul");
  await scene.cast.join(paul);
  const details = { id: scene.peerId(paul), token: paul.joined.session_token };
  const path = `/peerjs/peerjs?key=peerjs&id=${details.id}&token=${details.token}`;
  const { origin } = scene.cast.app;
  const foreign = await handshake(origin + path, { Origin: "https://evil.test" });
  assert.equal(foreign.status, 403);
  assert.equal((await scene.cast.ask(paul, "GET", path)).status, 400);

  const peer = await scene.connect(details);
  await peer.take("OPEN");
  for (let count = 0; count < 400; count++) peer.send({ type: "HEARTBEAT" });
  assert.equal((await peer.closed).code, 4429);
  const noisy = await scene.connect(details);
  noisy.sendRaw("{oops");
  assert.equal((await noisy.closed).code, 4400);
});

Deno.test("words without a meaning do no harm", async () => {
  await using scene = await Scene.set();
  const host = await scene.host();
  const paul = await scene.enter("Paul");
  const dst = scene.peerId(host);
  const odd = [
    { type: "WHAT" },
    { type: "OFFER" },
    { type: "OFFER", dst, payload: { type: "media" } },
    { type: "OFFER", dst, payload: { ...offer("mc_1"), sdp: { type: "offer", sdp: "oops" } } },
    { type: "CANDIDATE", dst, payload: { candidate: null } },
    { type: "LEAVE", dst },
    { type: "EXPIRE", dst },
  ];
  for (const message of odd) paul.peer.send(message);
  for (const text of ["[]", "null", '"OFFER"']) paul.peer.sendRaw(text);
  paul.peer.send({ type: "OFFER", dst, payload: offer("mc_2") });
  assert.equal((await host.socket.take("offer")).data.link, "mc_2");
  assert.equal(paul.peer.inbox.some(({ type }) => type === "ERROR"), false);
});

Deno.test("LEAVE without an address is a goodbye", async () => {
  await using scene = await Scene.set();
  const host = await scene.host();
  const paul = await scene.enter("Paul");
  paul.peer.send({ type: "LEAVE" });
  assert.equal((await paul.peer.closed).code, 1000);
  assert.equal((await host.socket.take("participant_left")).data.reason, "left");
});

Deno.test("a web app's socket and a PeerJS client of one stay are two programs: the newer wins", async () => {
  await using scene = await Scene.set();
  const host = await scene.host();
  const ben = await scene.cast.enter(await scene.cast.user("Ben"), { capabilities: ["mesh-1"] });
  await host.socket.take("participant_joined");
  const peer = await scene.connect({ id: scene.peerId(ben), token: ben.joined.session_token });
  await peer.take("OPEN");
  assert.equal(await closeCode(ben.socket), 4409);
  assert.equal((await host.socket.take("participant_left")).data.reason, "replaced");
  const { data } = await host.socket.take("participant_joined");
  assert.deepEqual(data.capabilities, ["peerjs-1"]);
});
