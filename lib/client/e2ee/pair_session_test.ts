import assert from "node:assert/strict";
import { type Bytes, fromBase64Url, toBase64Url } from "./bytes.ts";
import {
  type Fingerprints,
  type PairFailure,
  type PairMessage,
  type PairOptions,
  PairSession,
} from "./pair_session.ts";
import type { SharedKey } from "./sender_key.ts";

const random = (length = 32): Bytes => crypto.getRandomValues(new Uint8Array(length));

/** Changes a message on its way; returning null loses it. */
type Tamper = (message: PairMessage, from: string) => PairMessage | null;

class Side {
  readonly confirmed: { code: readonly number[]; byLink: boolean }[] = [];
  readonly failures: PairFailure[] = [];
  readonly keys: SharedKey[] = [];
  readonly acknowledged: unknown[] = [];
  readonly trust: unknown[] = [];
  keyed = 0;
  readonly session: PairSession;
  other: Side | null = null;
  readonly outbox: PairMessage[] = [];

  constructor(options: PairOptions, fingerprints: Fingerprints | null, early?: SharedKey) {
    this.session = new PairSession(options, {
      send: (message) => this.outbox.push(message),
      keyed: () => {
        this.keyed++;
        if (early !== undefined) this.session.sendMediaKey(early);
      },
      confirmed: ({ code }, byLink) => void this.confirmed.push({ code, byLink }),
      failed: (reason) => this.failures.push(reason),
      mediaKey: (key) => this.keys.push(key),
      mediaKeyAcknowledged: (key) => this.acknowledged.push(key),
      trust: (message) => Promise.resolve(void this.trust.push(message)),
    });
    if (fingerprints !== null) this.session.describe(fingerprints);
  }
}

// By octets "12" comes before "7": it is the lower one.
const FINGERPRINTS = { "12": random(), "7": random() } as const;
type Id = keyof typeof FINGERPRINTS;

type Changes = Partial<PairOptions & Fingerprints> & { described?: boolean; early?: SharedKey };

function side(id: Id, changes: Changes = {}): Side {
  const peerId = id === "7" ? "12" : "7";
  const { described = true, early, selfFingerprint, peerFingerprint, ...others } = changes;
  const fingerprints = {
    selfFingerprint: selfFingerprint ?? FINGERPRINTS[id],
    peerFingerprint: peerFingerprint ?? FINGERPRINTS[peerId],
  };
  const options = { room: "ABCD2345", selfId: id, peerId, roomSecret: null, ...others };
  return new Side(options, described ? fingerprints : null, early);
}

/** Carries messages both ways until nothing has been said for a while. */
async function converse(one: Side, other: Side, tamper: Tamper = (message) => message) {
  for (let quiet = 0; quiet < 20;) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    quiet++;
    for (const [from, to, name] of [[one, other, "one"], [other, one, "other"]] as const) {
      for (const message of from.outbox.splice(0)) {
        quiet = 0;
        const passed = tamper(message, name);
        if (passed !== null) to.session.receive(passed);
      }
    }
  }
}

Deno.test("a connection not described yet: the commitment leaves, a hello does not", async () => {
  const [a, b] = [side("12", { described: false }), side("7", { described: false })];
  const said: string[] = [];
  const listen: Tamper = (message, from) => {
    said.push(`${from} ${message.type}`);
    return message;
  };
  await converse(a, b, listen);
  assert.deepEqual(said, ["one commit"]);
  b.session.describe({ selfFingerprint: FINGERPRINTS[7], peerFingerprint: FINGERPRINTS[12] });
  await converse(a, b, listen);
  assert.deepEqual(said, ["one commit", "other hello"]);
  a.session.describe({ selfFingerprint: FINGERPRINTS[12], peerFingerprint: FINGERPRINTS[7] });
  await converse(a, b, listen);
  assert.deepEqual([a.confirmed.length, b.confirmed.length], [1, 1]);
});

Deno.test("two people agree, see the same code, and pass keys on", async () => {
  const roomSecret = random();
  const [a, b] = [side("12", { roomSecret }), side("7", { roomSecret })];
  await converse(a, b);
  assert.deepEqual([a.failures, b.failures], [[], []]);
  assert.equal(a.confirmed.length, 1);
  assert.deepEqual(a.confirmed, b.confirmed);
  assert.equal(a.confirmed[0]?.byLink, true);
  assert.equal(a.confirmed[0]?.code.length, 7);
  const key = { generation: 3, step: 1, baseKey: random() };
  a.session.sendMediaKey(key);
  await converse(a, b);
  assert.deepEqual(b.keys, [key]);
  assert.deepEqual(a.acknowledged, [{ type: "media-key-ack", generation: 3, step: 1 }]);
});

Deno.test("without the same secret from the link the pair is encrypted, not verified", async () => {
  for (const secrets of [[null, null], [random(), null], [null, random()], [random(), random()]]) {
    const [roomSecretA, roomSecretB] = secrets as [Bytes | null, Bytes | null];
    const [a, b] = [
      side("12", { roomSecret: roomSecretA }),
      side("7", { roomSecret: roomSecretB }),
    ];
    await converse(a, b);
    assert.deepEqual([a.confirmed[0]?.byLink, b.confirmed[0]?.byLink], [false, false]);
    assert.deepEqual(a.confirmed[0]?.code, b.confirmed[0]?.code);
  }
});

Deno.test("different fingerprints, as behind a man in the middle: no keys, and both notice", async () => {
  const [a, b] = [side("12"), side("7", { peerFingerprint: random() })];
  await converse(a, b);
  assert.deepEqual([a.confirmed, b.confirmed], [[], []]);
  assert.deepEqual([a.failures, b.failures], [["confirmation"], ["confirmation"]]);
});

Deno.test("another room, or another id: no keys", async () => {
  const [a, b] = [side("12"), side("7", { room: "ZZZZ2345" })];
  await converse(a, b);
  assert.deepEqual([a.confirmed, b.confirmed], [[], []]);
  assert.deepEqual(b.failures, ["confirmation"]);
});

Deno.test("a hello that breaks its commitment is refused: codes cannot be searched for", async () => {
  const [a, b] = [side("12"), side("7")];
  await converse(a, b, (message, from) => {
    if (from === "one" && message.type === "hello") {
      return { ...message, nonce: toBase64Url(random(16)) };
    }
    return message;
  });
  assert.deepEqual([a.failures, b.failures], [["confirmation"], ["commitment"]]);
  assert.deepEqual([a.confirmed, b.confirmed], [[], []]);
});

Deno.test("a relay that strips the secret's id is noticed by nobody, but shown: not verified", async () => {
  const roomSecret = random();
  const [a, b] = [side("12", { roomSecret }), side("7", { roomSecret })];
  await converse(
    a,
    b,
    (message) => message.type === "hello" ? { ...message, secret_id: "" } : message,
  );
  assert.equal(a.confirmed[0]?.byLink, false);
  assert.equal(b.confirmed[0]?.byLink, false);
});

Deno.test("one side made to believe in the secret and the other not: no keys", async () => {
  const roomSecret = random();
  const [a, b] = [side("12", { roomSecret }), side("7", { roomSecret })];
  await converse(
    a,
    b,
    (message, from) =>
      message.type === "hello" && from === "one" ? { ...message, secret_id: "" } : message,
  );
  assert.deepEqual([a.confirmed, b.confirmed], [[], []]);
});

Deno.test("a key that is no point of the curve is refused", async () => {
  const [a, b] = [side("12"), side("7")];
  await converse(a, b, (message, from) => {
    if (from === "other" && message.type === "hello") {
      return { ...message, public_key: toBase64Url(random(65)) };
    }
    return message;
  });
  assert.deepEqual(a.failures, ["key"]);
});

Deno.test("a commitment to the one who commits, or a second one, ends the handshake", async () => {
  const commit = () => ({ type: "commit", commitment: toBase64Url(random()) }) as const;
  const lower = side("12");
  lower.session.receive(commit());
  const higher = side("7");
  higher.session.receive(commit());
  higher.session.receive(commit());
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (const { failures } of [lower, higher]) assert.deepEqual(failures, ["order"]);
});

Deno.test("a key may be sealed right behind the lower one's confirmation; it opens after that", async () => {
  const key = { generation: 0, step: 1, baseKey: random() };
  for (const genuine of [true, false]) {
    const [a, b] = [side("12", { early: key }), side("7")];
    const said: string[] = [];
    let held: PairMessage | null = null;
    await converse(a, b, (message, from) => {
      said.push(`${from} ${message.type}`);
      if (from !== "one" || message.type !== "confirm") return message;
      held = message;
      return null;
    });
    assert.deepEqual(said, ["one commit", "other hello", "one hello", "one confirm", "one sealed"]);
    assert.deepEqual([a.confirmed, b.confirmed, b.keys], [[], [], []]);
    b.session.receive(genuine ? held! : { type: "confirm", mac: toBase64Url(random()) });
    await converse(a, b);
    assert.deepEqual(b.keys, genuine ? [key] : []);
    assert.equal(a.acknowledged.length, genuine ? 1 : 0);
    assert.equal(b.failures.length, genuine ? 0 : 1);
    assert.equal(b.keyed, 0, "the higher one knows nothing early");
  }
});

Deno.test("steps that overtake others wait for them, but not many", async () => {
  const [a, b] = [side("12"), side("7")];
  const late: PairMessage[] = [];
  await converse(a, b, (message, from) => {
    if (from === "other" || late.length === 3) return message;
    // Everything that the lower one says arrives in the opposite order.
    late.push(message);
    if (message.type === "commit") b.session.receive(message);
    if (late.length === 3) { for (const each of late.reverse()) b.session.receive(each); }
    return null;
  });
  assert.deepEqual([a.confirmed.length, b.confirmed.length], [1, 1]);
  const flooded = side("7");
  for (let count = 0; count < 40; count++) {
    flooded.session.receive({ type: "sealed", sealed: toBase64Url(random(64)) });
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(flooded.failures, ["order"]);
});

Deno.test("sealed messages that are repeated, changed or reflected do nothing, and end nothing", async () => {
  const tampers: ((sealed: string) => string)[] = [
    (sealed) => sealed,
    (sealed) => {
      const bytes = fromBase64Url(sealed);
      bytes[bytes.length - 1]! ^= 1;
      return toBase64Url(bytes);
    },
    () => "",
  ];
  for (const tamper of tampers) {
    const [a, b] = await agreed();
    let captured = "";
    a.session.sendMediaKey({ generation: 0, step: 0, baseKey: random() });
    await converse(a, b, (message, from) => {
      if (from === "one" && message.type === "sealed") captured ||= message.sealed;
      return message;
    });
    b.session.receive({ type: "sealed", sealed: tamper(captured) });
    a.session.receive({ type: "sealed", sealed: captured });
    // Nor does what belongs to the handshake, once it is over.
    b.session.receive({ type: "commit", commitment: toBase64Url(random()) });
    b.session.receive({ type: "confirm", mac: toBase64Url(random()) });
    const next = { generation: 1, step: 0, baseKey: random() };
    a.session.sendMediaKey(next);
    await converse(a, b);
    assert.deepEqual([a.failures, b.failures], [[], []]);
    assert.equal(b.keys.length, 2);
    assert.deepEqual(a.keys, []);
  }
});

async function agreed(): Promise<[Side, Side]> {
  const pair: [Side, Side] = [side("12"), side("7")];
  await converse(...pair);
  return pair;
}

Deno.test("messages of the call: sealed for one direction of one agreement, each opened once", async () => {
  const [a, b] = await agreed();
  const sealed = await a.session.sealMessage("hello, Bea");
  assert.ok(sealed !== null && !atob(sealed.replace(/[-_]/g, "A")).includes("hello"));
  // Reflected to its sender, and taken for the next agreement of the same two.
  assert.equal(await a.session.openMessage(sealed), null);
  const [, later] = await agreed();
  assert.equal(await later.session.openMessage(sealed), null);
  assert.equal(await b.session.openMessage(sealed), "hello, Bea");
  assert.equal(await b.session.openMessage(sealed), null);
  assert.deepEqual([a.failures, b.failures], [[], []]);
});

Deno.test("messages out of order, damaged or of another kind are not opened; the next one is", async () => {
  const [a, b] = await agreed();
  const [first, second, third] = await Promise.all(
    ["one", "two", "three"].map((text) => a.session.sealMessage(text)),
  ) as [string, string, string];
  const damaged = fromBase64Url(second);
  damaged[damaged.length - 1]! ^= 1;
  assert.equal(await b.session.openMessage(toBase64Url(damaged)), null);
  assert.equal(await b.session.openMessage(second), "two");
  assert.equal(await b.session.openMessage(first), null);
  assert.equal(await b.session.openMessage(""), null);
  assert.equal(await b.session.openMessage("not base64url!"), null);
  a.session.sendMediaKey({ generation: 0, step: 0, baseKey: random() });
  await converse(a, b, (message) => {
    if (message.type === "sealed") void b.session.openMessage(message.sealed).then(assertNull);
    return message;
  });
  assert.equal(await b.session.openMessage(third), "three");
  assert.equal(b.keys.length, 1);
});

function assertNull(value: unknown): void {
  assert.equal(value, null);
}

Deno.test("many messages at once keep their order", async () => {
  const [a, b] = await agreed();
  const texts = Array.from({ length: 200 }, (_, index) => `message ${index}`);
  const sealed = await Promise.all(texts.map((text) => a.session.sealMessage(text)));
  const opened = await Promise.all(sealed.map((each) => b.session.openMessage(each!)));
  assert.deepEqual(opened, texts);
});

Deno.test("a message that is there before the agreement is done waits for it", async () => {
  const [a, b] = [side("12"), side("7")];
  let early: Promise<string | null> | undefined;
  await converse(a, b, (message, from) => {
    if (from === "one" || message.type !== "confirm") return message;
    // The higher one is done; its confirmation is still on its way.
    early = b.session.sealMessage("early").then((sealed) => a.session.openMessage(sealed!));
    setTimeout(() => a.session.receive(message), 20);
    return null;
  });
  assert.equal(await early, "early");
});

Deno.test("without an agreement nothing is sealed, and waiting ends with it", async () => {
  const lone = side("12");
  assert.equal(await lone.session.sealMessage("anybody?"), null);
  const waiting = lone.session.openMessage(toBase64Url(random(64)));
  lone.session.expire();
  assert.equal(await waiting, null);
  assert.deepEqual(lone.failures, ["timeout"]);
  const [a] = await agreed();
  a.session.close();
  assert.equal(await a.session.sealMessage("gone"), null);
});
