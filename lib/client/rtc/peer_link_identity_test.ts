/** Encrypted links: whose certificates keys are agreed on for, and what ends when they change. */
import assert from "node:assert/strict";
import { certificateLine, FakePeerConnection } from "./fake_peer_connection.ts";
import { PeerLink } from "./peer_link.ts";
import type { Fingerprints } from "./peer_link_ports.ts";

Object.assign(globalThis, { RTCRtpReceiver: { getCapabilities: () => ({ codecs: [] }) } });

interface Sent {
  type: "offer" | "answer" | "ice-candidate" | "e2ee";
  // deno-lint-ignore no-explicit-any
  data: any;
}

class End {
  readonly outbox: Sent[] = [];
  readonly troubles: unknown[] = [];
  readonly connections: FakePeerConnection[] = [];
  readonly steps: unknown[] = [];
  /** What was bound, and in which state the connection was then. */
  readonly bound: [Fingerprints, RTCSignalingState][] = [];
  readonly link: PeerLink;

  constructor(name: string, polite: boolean) {
    this.link = new PeerLink({
      kind: "mesh",
      polite,
      encrypted: true,
      redundantVoice: false,
      configuration: {},
      createConnection: () => {
        const connection = new FakePeerConnection();
        this.connections.push(connection);
        return connection as unknown as RTCPeerConnection;
      },
      newLinkId: () => `${name}${this.connections.length}`,
      newStream: () => ({}) as MediaStream,
    }, {
      signal: (type: Sent["type"], data: unknown) => this.outbox.push({ type, data }),
      phase: () => {},
      track: () => {},
      channel: () => {},
      trouble: (error) => this.troubles.push(error),
      protectSender: () => {},
      protectReceiver: () => {},
      introduced: () => {},
      described: (fingerprints) => this.bound.push([fingerprints, this.connection.signalingState]),
      pairMessage: (message) => this.steps.push(message),
    });
  }

  get connection(): FakePeerConnection {
    return this.connections.at(-1)!;
  }

  get isOpen(): boolean {
    return this.link.connection !== null && this.connection.signalingState !== "closed";
  }
}

type Change = (message: Sent) => Sent;
const unchanged: Change = (message) => message;

async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

async function converse(one: End, other: End, change = unchanged): Promise<void> {
  await settle();
  while (one.outbox.length + other.outbox.length > 0) {
    for (const [from, to] of [[one, other], [other, one]] as const) {
      for (const message of from.outbox.splice(0)) {
        to.link.receive(message.type as "offer", change(message).data);
      }
      await settle();
    }
  }
}

function pair(): [End, End] {
  return [new End("a", false), new End("b", true)];
}

const withCertificate = (sdp: string, line: string) => sdp.split("\r\n")[0] + line;

Deno.test("the offering side is told by the answer's text, both sides once and alike", async () => {
  const [a, b] = pair();
  a.link.offer();
  await converse(a, b);
  a.link.restartIce();
  await converse(a, b);
  assert.deepEqual([a.bound.length, b.bound.length], [1, 1]);
  const [[ofA, state], [ofB]] = [a.bound[0]!, b.bound[0]!];
  assert.equal(state, "have-local-offer", "before the answer was applied");
  assert.deepEqual(ofA.selfFingerprint, ofB.peerFingerprint);
  assert.deepEqual(ofA.peerFingerprint, ofB.selfFingerprint);
  assert.deepEqual([a.troubles, b.troubles, a.isOpen, b.isOpen], [[], [], true, true]);
});

Deno.test("an answer that cannot be applied, or is of no one certificate, ends the link", async () => {
  const spoil: Record<string, (sdp: string) => string> = {
    foreign: (sdp) => sdp.replace(/"to":"[^"]*"/, '"to":"somebody else"'),
    none: (sdp) => withCertificate(sdp, ""),
    two: (sdp) => sdp + certificateLine(),
  };
  for (const change of Object.values(spoil)) {
    const [a, b] = pair();
    a.link.offer();
    await converse(a, b, (message) => {
      if (message.type !== "answer") return message;
      return { ...message, data: { ...message.data, sdp: change(message.data.sdp) } };
    });
    assert.equal(a.isOpen, false);
    assert.equal(a.troubles.length, 1);
    a.link.offer();
    await converse(a, b);
    assert.equal(a.isOpen, true);
  }
});

Deno.test("a connection that stands on another certificate than was told ends at once", async () => {
  const [a, b] = pair();
  a.link.offer();
  await settle();
  const { connection } = a;
  const apply = connection.setRemoteDescription.bind(connection);
  // A browser that reads another one out of the same text than this program does.
  connection.setRemoteDescription = ({ type, sdp }) =>
    apply({ type, sdp: withCertificate(sdp, certificateLine()) });
  await converse(a, b);
  assert.equal(a.bound.length, 1);
  assert.equal(connection.signalingState, "closed");
  assert.match(String(a.troubles[0]), /another certificate/);
});

Deno.test("a later round with another certificate ends the link, on both sides", async () => {
  for (const type of ["offer", "answer"]) {
    const [a, b] = pair();
    a.link.offer();
    await converse(a, b);
    const victim = type === "answer" ? a : b;
    const { connection } = victim;
    a.link.restartIce();
    await converse(a, b, (message) => {
      if (message.type !== type) return message;
      const sdp = withCertificate(message.data.sdp, certificateLine());
      return { ...message, data: { ...message.data, sdp } };
    });
    assert.equal(connection.signalingState, "closed", type);
    assert.equal(victim.troubles.length, 1);
    assert.equal(victim.bound.length, 1);
  }
});

Deno.test("steps of the agreement do not wait for a description that is being applied", async () => {
  const [a, b] = pair();
  a.link.offer();
  await settle();
  a.connection.setRemoteDescription = () => new Promise(() => {});
  await converse(a, b);
  assert.equal(a.bound.length, 1);
  a.link.receive("e2ee", { link: "a0", message: "hello" } as never);
  assert.deepEqual(a.steps, ["hello"]);
});
