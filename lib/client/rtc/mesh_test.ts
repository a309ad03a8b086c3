/** The mesh towards clients other than ours: who offers, and who gives way. */
import assert from "node:assert/strict";
import { FakePeerConnection } from "./fake_peer_connection.ts";
import { Mesh, type MeshPorts, type Signal } from "./mesh.ts";
import type { PeerKind } from "./peer_link_ports.ts";

const PEER = 7;

function setUp(kind: PeerKind) {
  const sent: Signal[] = [];
  const connections: FakePeerConnection[] = [];
  const nothing = () => {};
  const ports = {
    signal: (_to: number, signal: Signal) => sent.push(signal),
    canSignal: () => true,
    beatMs: () => 250,
  };
  const rest = new Proxy(ports, { get: (known, name) => Reflect.get(known, name) ?? nothing });
  const mesh = new Mesh({
    selfId: 1,
    configuration: {},
    createConnection: () => {
      const connection = new FakePeerConnection();
      connections.push(connection);
      return connection as unknown as RTCPeerConnection;
    },
    newStream: () => ({}) as MediaStream,
  }, rest as unknown as MeshPorts);
  mesh.add(PEER, kind);
  const said = (type: Signal["type"]) => sent.filter((signal) => signal.type === type);
  return { mesh, said, connections };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

/** Longer than one waits for clients other than ours. */
function silence(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_100));
}

async function remoteOffer(link?: string) {
  const remote = new FakePeerConnection();
  remote.addTransceiver("audio");
  await remote.setLocalDescription();
  const offer = remote.localDescription as { type: "offer"; sdp: string };
  return { remote, signal: { type: "offer" as const, data: { ...offer, link } } };
}

for (const kind of ["raw", "peerjs"] as const) {
  Deno.test(`${kind}: who offers in time is answered, and offered nothing`, async () => {
    const { mesh, said } = setUp(kind);
    mesh.offerIfSilent(PEER);
    mesh.receive(PEER, (await remoteOffer("theirs")).signal);
    await silence();
    assert.equal(said("answer").length, 1);
    assert.equal(said("offer").length, 0);
    mesh.close();
  });

  Deno.test(`${kind}: who answers our offer gives way with its own`, async () => {
    const { mesh, said, connections } = setUp(kind);
    mesh.offer(PEER);
    await settle();
    const { signal: theirs, remote } = await remoteOffer("theirs");
    mesh.receive(PEER, theirs);
    const ours = said("offer")[0]!.data as { type: "offer"; sdp: string; link?: string };
    const answerer = new FakePeerConnection();
    await answerer.setRemoteDescription(ours);
    await answerer.setLocalDescription();
    const answer = answerer.localDescription as { type: "answer"; sdp: string };
    mesh.receive(PEER, { type: "answer", data: { ...answer, link: ours.link } });
    await silence();
    assert.equal(said("answer").length, 0);
    assert.equal(connections.length, 1);
    assert.equal(connections[0]?.signalingState, "stable");
    remote.close();
    mesh.close();
  });

  Deno.test(`${kind}: an offer that stays unanswered gives way to the other side's`, async () => {
    const { mesh, said, connections } = setUp(kind);
    mesh.offer(PEER);
    await settle();
    mesh.receive(PEER, (await remoteOffer("theirs")).signal);
    await settle();
    assert.equal(said("answer").length, 0);
    await silence();
    await settle();
    assert.equal(said("answer").length, 1);
    assert.equal(connections.length, 2);
    mesh.close();
  });
}

Deno.test("an answer to a PeerJS client names its call", async () => {
  const { mesh, said } = setUp("peerjs");
  mesh.receive(PEER, (await remoteOffer("mc_1")).signal);
  await settle();
  assert.equal((said("answer")[0]?.data as { link?: string }).link, "mc_1");
  mesh.close();
});
