import assert from "node:assert/strict";
import { FakePeerConnection } from "./fake_peer_connection.ts";
import { type Line, LINES, NO_TRACKS } from "./lines.ts";
import { PeerLink } from "./peer_link.ts";
import type { PeerKind } from "./peer_link_ports.ts";

interface Sent {
  type: "offer" | "answer" | "ice-candidate" | "e2ee";
  // deno-lint-ignore no-explicit-any
  data: any;
}

/** One end: a link, what it wants sent, what it saw. */
class End {
  readonly outbox: Sent[] = [];
  readonly sent: Sent[] = [];
  readonly phases: string[] = [];
  readonly lines = new Set<Line>();
  readonly troubles: unknown[] = [];
  readonly connections: FakePeerConnection[] = [];
  readonly link: PeerLink;

  constructor(name: string, polite: boolean, kind: PeerKind = "mesh") {
    let links = 0;
    this.link = new PeerLink({
      kind,
      polite,
      encrypted: false,
      redundantVoice: false,
      configuration: {},
      createConnection: (configuration) => {
        const connection = new FakePeerConnection();
        connection.setConfiguration(configuration);
        this.connections.push(connection);
        return connection as unknown as RTCPeerConnection;
      },
      newLinkId: () => `${name}${++links}`,
      newStream: () => ({}) as MediaStream,
    }, {
      signal: (type: Sent["type"], data: unknown) => {
        this.outbox.push({ type, data });
        this.sent.push({ type, data });
      },
      phase: (phase) => this.phases.push(phase),
      track: (line) => this.lines.add(line),
      channel: () => {},
      trouble: (error) => this.troubles.push(error),
      protectSender: () => {},
      protectReceiver: () => {},
      introduced: () => {},
      described: () => {},
      pairMessage: () => {},
    });
  }

  get connection(): FakePeerConnection {
    return this.connections.at(-1)!;
  }

  count(type: Sent["type"]): number {
    return this.sent.filter((message) => message.type === type).length;
  }
}

/** Lets everything that is ready run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

async function carry(from: End, to: End): Promise<void> {
  await settle();
  for (const { type, data } of from.outbox.splice(0)) to.link.receive(type as "offer", data);
  await settle();
}

/** Carries messages until nobody has anything to say. */
async function converse(one: End, other: End): Promise<void> {
  await settle();
  while (one.outbox.length + other.outbox.length > 0) {
    await carry(one, other);
    await carry(other, one);
  }
}

function pair(): [End, End] {
  return [new End("a", false), new End("b", true)];
}

function assertStable(...ends: End[]): void {
  for (const end of ends) {
    assert.equal(end.connection.signalingState, "stable");
    assert.equal(end.link.phase, "connected");
    assert.deepEqual(end.troubles, []);
  }
}

Deno.test("one offer connects both sides with all four lines", async () => {
  const [a, b] = pair();
  b.link.offer();
  await converse(a, b);
  assertStable(a, b);
  assert.deepEqual([...a.lines], [...LINES]);
  assert.deepEqual([...b.lines], [...LINES]);
  assert.equal(a.count("offer") + b.count("offer"), 1);
});

Deno.test("an offer that a newer one has overtaken is dropped", async () => {
  const [a, b] = pair();
  b.link.offer();
  await converse(a, b);
  const [late] = b.sent.filter(({ type }) => type === "offer");
  b.link.restartIce();
  await converse(a, b);
  const answers = a.count("answer");
  a.link.receive("offer", late!.data);
  await converse(a, b);
  assert.equal(a.count("answer"), answers);
  assertStable(a, b);
});

Deno.test("switching devices makes no offer and reaches the right sender", async () => {
  const [a, b] = pair();
  b.link.offer();
  await converse(a, b);
  const screen = { kind: "video" } as MediaStreamTrack;
  a.link.setTracks({ ...NO_TRACKS, screen });
  await converse(a, b);
  assert.equal(a.link.sender("screen")?.track, screen);
  assert.equal(a.link.sender("camera")?.track, null);
  a.link.setTracks(NO_TRACKS);
  await converse(a, b);
  assert.equal(a.link.sender("screen")?.track, null);
  assert.equal(a.count("offer") + b.count("offer"), 1);
});

Deno.test("glare of two first offers: the polite side drops its own and answers", async () => {
  const [a, b] = pair();
  a.link.offer();
  b.link.offer();
  await converse(a, b);
  assertStable(a, b);
  assert.equal(b.connections.length, 2);
  assert.equal(b.connections[0]?.signalingState, "closed");
  assert.equal(a.connections.length, 1);
  assert.equal(b.connection.getTransceivers().length, LINES.length);
});

Deno.test("glare of two ICE restarts: the polite side rolls back, the connection stays", async () => {
  const [a, b] = pair();
  a.link.offer();
  await converse(a, b);
  a.link.restartIce();
  b.link.restartIce();
  await converse(a, b);
  assertStable(a, b);
  assert.equal(b.connection.rollbacks, 1);
  assert.equal(a.connection.rollbacks, 0);
  assert.equal(a.connections.length + b.connections.length, 2);
});

Deno.test("a restart of a connection that was given up is answered with the offer of the new one", async () => {
  const [a, b] = pair();
  a.link.offer();
  await converse(a, b);
  b.link.offer();
  await settle();
  b.outbox.splice(0); // lost with the network that the other side had
  a.link.restartIce();
  await converse(a, b);
  assertStable(a, b);
  assert.deepEqual([a.connections.length, b.connections.length], [2, 2]);
});

Deno.test("a connection that is given up while a description is applied holds nothing up", async () => {
  const [a, b] = pair();
  a.link.offer();
  await settle();
  const [offer] = a.outbox.splice(0);
  b.link.receive("offer", offer!.data);
  while (b.connections.length === 0) await Promise.resolve();
  b.link.offer();
  await converse(a, b);
  a.link.restartIce();
  await converse(a, b);
  assertStable(a, b);
});

Deno.test("new credentials are used by the connection there is and by the next", async () => {
  const [a, b] = pair();
  a.link.offer();
  await converse(a, b);
  const configuration = { iceServers: [{ urls: "turn:renewed" }] };
  a.link.configure(configuration);
  await settle();
  a.link.offer();
  await converse(a, b);
  const [first, second] = a.connections;
  for (const connection of [first, second]) {
    assert.deepEqual(connection?.configuration.iceServers, configuration.iceServers);
  }
});

Deno.test("candidates that come before their offer are kept and used", async () => {
  const [a, b] = pair();
  a.link.offer();
  await settle();
  a.connection.gather();
  const [offer, candidate] = a.outbox.splice(0);
  b.link.receive("ice-candidate", candidate!.data);
  await settle();
  b.link.receive("offer", offer!.data);
  await converse(a, b);
  assertStable(a, b);
  assert.equal(b.connection.candidates.length, 1);
});

Deno.test("candidates of a connection that was replaced are forgotten", async () => {
  const [a, b] = pair();
  a.link.offer();
  await settle();
  a.connection.gather();
  const candidate = a.outbox.splice(0).find(({ type }) => type === "ice-candidate")!;
  a.link.offer();
  await converse(a, b);
  b.link.receive("ice-candidate", candidate.data);
  await converse(a, b);
  assertStable(a, b);
  assert.equal(b.connection.candidates.length, 0);
});

Deno.test("an answer to an earlier round is late and dropped", async () => {
  const [a, b] = pair();
  a.link.offer();
  await converse(a, b);
  const early = b.sent.find(({ type }) => type === "answer")!;
  a.link.restartIce();
  await settle();
  a.link.receive("answer", early.data);
  await converse(a, b);
  assertStable(a, b);
});

Deno.test("an offer that was lost is said again, and twice does no harm", async () => {
  const [a, b] = pair();
  a.link.offer();
  await settle();
  a.outbox.splice(0);
  a.link.restartIce();
  a.link.restartIce();
  await converse(a, b);
  assertStable(a, b);
  assert.equal(b.connections.length, 1);
});

Deno.test("a reloaded page offers a new link, which replaces the old connection", async () => {
  const [a, b] = pair();
  a.link.offer();
  await converse(a, b);
  const reloaded = new End("c", true);
  reloaded.link.offer();
  await converse(a, reloaded);
  assertStable(a, reloaded);
  assert.equal(a.connections.length, 2);
  assert.equal(a.connections[0]?.signalingState, "closed");
  assert.deepEqual(a.phases, ["connected", "interrupted", "connected"]);
});

Deno.test("a reload wins over this side's pending restart, even when this side is impolite", async () => {
  const [a, b] = pair();
  a.link.offer();
  await converse(a, b);
  a.link.restartIce();
  await settle();
  const reloaded = new End("c", true);
  reloaded.link.offer();
  await converse(a, reloaded);
  assertStable(a, reloaded);
});

Deno.test("phases follow the connection and are told once each", async () => {
  const [a, b] = pair();
  a.link.offer();
  await converse(a, b);
  a.connection.setState("disconnected");
  a.connection.setState("failed");
  a.connection.setState("connected");
  assert.deepEqual(a.phases, ["connected", "interrupted", "connected"]);
});

Deno.test("after close nothing is sent, received or reported, however often it is closed", async () => {
  const [a, b] = pair();
  a.link.offer();
  await converse(a, b);
  const { connection } = a;
  a.link.close();
  a.link.close();
  a.link.offer();
  a.link.restartIce();
  connection.setState("failed");
  b.link.restartIce();
  await converse(a, b);
  assert.equal(connection.signalingState, "closed");
  assert.deepEqual(a.phases, ["connected"]);
  assert.equal(a.count("offer"), 1);
  assert.deepEqual(a.troubles, []);
});

Deno.test("a raw client gets two lines, no names, and its nameless answer is taken", async () => {
  const a = new End("a", false, "raw");
  a.link.offer();
  await settle();
  const offer = a.outbox.find(({ type }) => type === "offer")!.data;
  assert.equal(a.connection.getTransceivers().length, 2);
  assert.equal(a.connection.channel, null);
  assert.equal(offer.link, undefined);
  const raw = new FakePeerConnection();
  await raw.setRemoteDescription(offer);
  await raw.setLocalDescription();
  a.link.receive("answer", raw.localDescription as { type: "answer"; sdp: string });
  await settle();
  assertStable(a);
});

Deno.test("towards a raw client the screen takes the camera's place", async () => {
  const a = new End("a", false, "raw");
  const camera = { kind: "video" } as MediaStreamTrack;
  const screen = { kind: "video" } as MediaStreamTrack;
  a.link.setTracks({ ...NO_TRACKS, camera });
  a.link.offer();
  await settle();
  assert.equal(a.link.sender("camera")?.track, camera);
  a.link.setTracks({ ...NO_TRACKS, camera, screen });
  assert.equal(a.link.sender("camera")?.track, screen);
});
