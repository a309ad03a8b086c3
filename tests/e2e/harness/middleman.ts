/**
 * A server that lies: it sits in the WebSocket of one person, changes what it likes, and may put a
 * browser of its own between that person and another one, with real connections to both.
 */
import type { WebSocketRoute } from "playwright-core";
import type { Product } from "../../fixtures/product.ts";
import type { ChromiumPerson } from "./chromium.ts";

// deno-lint-ignore no-explicit-any -- whatever crosses the wire
type Message = { type: string; data?: any; to?: number; from?: number; id?: string };

export interface Interception {
  /** Null: the message goes no further. */
  fromServer(message: Message, sockets: Sockets): Message | null;
  fromPage(message: Message, sockets: Sockets): Message | null;
}

export interface Sockets {
  page: WebSocketRoute;
  server: WebSocketRoute;
}

/** Before the person enters a room. */
export async function intercept(person: ChromiumPerson, lies: Interception): Promise<void> {
  await person.page.routeWebSocket(/\/video\/ws\//, (page) => {
    const server = page.connectToServer();
    server.onMessage((text) => {
      const passed = lies.fromServer(JSON.parse(String(text)), { page, server });
      if (passed !== null) page.send(JSON.stringify(passed));
    });
    page.onMessage((text) => {
      const passed = lies.fromPage(JSON.parse(String(text)), { page, server });
      if (passed !== null) server.send(JSON.stringify(passed));
    });
  });
}

const NEGOTIATION = new Set(["offer", "answer", "ice-candidate"]);
type Side = "victim" | "other";
type Say = (to: Side, message: Message) => void;

/**
 * Puts a browser between `victim` and the only other person in the room: both have a connection to
 * it, with its certificate, and none to each other. The key agreement passes unchanged.
 */
export async function standBetween(
  mallory: ChromiumPerson,
  victim: ChromiumPerson,
  product: Product,
): Promise<void> {
  await mallory.open(`${product.origin}/login`);
  let sockets: Sockets | null = null;
  let otherId = 0;
  let sent = 0;
  const say: Say = (to, { type, data }) => {
    const id = `mallory-${++sent}`;
    if (to === "victim") sockets?.page.send(JSON.stringify({ type, data, from: otherId, id }));
    else sockets?.server.send(JSON.stringify({ type, data, to: otherId, id }));
  };
  await mallory.page.exposeFunction("say", say);
  await mallory.eval(middle);
  const hand = (from: Side, { type, data }: Message) =>
    void mallory.eval(
      ({ from, type, data }) =>
        (globalThis as unknown as { hear: Hear }).hear(from, { type, data }),
      { from, type, data },
    );
  await intercept(victim, {
    fromServer(message, both) {
      sockets = both;
      if (!NEGOTIATION.has(message.type)) return message;
      otherId = message.from ?? 0;
      hand("other", message);
      return null;
    },
    fromPage(message, both) {
      sockets = both;
      if (!NEGOTIATION.has(message.type)) return message;
      otherId = message.to ?? 0;
      hand("victim", message);
      // As the server would: it was taken, and need not be said again.
      both.page.send(JSON.stringify({ type: "ack", data: { id: message.id } }));
      return null;
    },
  });
}

type Hear = (from: Side, message: { type: string; data: Record<string, unknown> }) => void;

/** In the browser in the middle: one connection to each side, and what one shows the other gets. */
async function middle(): Promise<void> {
  type Mine = typeof globalThis & {
    say(to: Side, message: { type: string; data: unknown }): void;
    hear: Hear;
    __connections?: RTCPeerConnection[];
  };
  const page = globalThis as Mine;
  // Without a device in use a browser hides its addresses.
  await navigator.mediaDevices.getUserMedia({ audio: true });
  const links: Record<Side, RTCPeerConnection | null> = { victim: null, other: null };
  const channels: Record<Side, RTCDataChannel | null> = { victim: null, other: null };
  let early: [Side, RTCIceCandidateInit][] = [];
  const kept: RTCPeerConnection[] = page.__connections = [];
  const facing = (side: Side): Side => side === "victim" ? "other" : "victim";
  let names = {};

  const open = (side: Side): RTCPeerConnection => {
    links[side]?.close();
    const pc = links[side] = new RTCPeerConnection();
    kept.push(pc);
    pc.onicecandidate = ({ candidate }) => {
      if (candidate === null) return;
      page.say(side, { type: "ice-candidate", data: { ...candidate.toJSON(), ...names } });
    };
    pc.ontrack = ({ track, transceiver }) => {
      const place = pc.getTransceivers().indexOf(transceiver);
      void links[facing(side)]?.getTransceivers()[place]?.sender.replaceTrack(track);
    };
    const channel = channels[side] = pc.createDataChannel("mesh", { negotiated: true, id: 0 });
    channel.onmessage = ({ data }) => {
      const far = channels[facing(side)];
      if (far?.readyState === "open") far.send(data);
    };
    return pc;
  };
  const flush = async () => {
    const waiting = early;
    early = [];
    for (const [side, candidate] of waiting) await add(side, candidate);
  };
  const add = async (side: Side, candidate: RTCIceCandidateInit) => {
    const pc = links[side];
    if (!pc?.remoteDescription) early.push([side, candidate]);
    else await pc.addIceCandidate(candidate).catch(() => {});
  };
  const takeOffer = async (from: Side, { sdp, link, round }: Record<string, unknown>) => {
    if (round !== 1) return;
    names = { link, round };
    const near = open(from);
    const far = open(facing(from));
    await near.setRemoteDescription({ type: "offer", sdp: String(sdp) });
    for (const { receiver } of near.getTransceivers()) far.addTransceiver(receiver.track.kind);
    await far.setLocalDescription();
    page.say(facing(from), {
      type: "offer",
      data: { type: "offer", sdp: far.localDescription?.sdp, ...names },
    });
  };
  const takeAnswer = async (from: Side, { sdp }: Record<string, unknown>) => {
    const near = links[facing(from)]!;
    await links[from]!.setRemoteDescription({ type: "answer", sdp: String(sdp) });
    for (const transceiver of near.getTransceivers()) transceiver.direction = "sendrecv";
    await near.setLocalDescription();
    page.say(facing(from), {
      type: "answer",
      data: { type: "answer", sdp: near.localDescription?.sdp, ...names },
    });
    await flush();
  };
  let queue: Promise<unknown> = Promise.resolve();
  page.hear = (from, { type, data }) => {
    const step = type === "offer"
      ? () => takeOffer(from, data)
      : type === "answer"
      ? () => takeAnswer(from, data)
      : () => add(from, data as RTCIceCandidateInit);
    queue = queue.then(step).then(flush).catch((error) => console.error(String(error)));
  };
}
