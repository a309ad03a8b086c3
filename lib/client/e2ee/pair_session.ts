/**
 * One run of the pair handshake and what follows on it: the exchange of media keys under the pair
 * keys. The lower id commits, the higher says hello, the lower says hello and confirms, the higher
 * confirms. Whatever is wrong ends the session: without keys nothing can be opened. The lower one
 * may seal its media key right behind its confirmation; the higher one opens nothing before it has
 * checked that.
 *
 * The commitment may leave while the connection is still being described. Nobody says hello before
 * that is done: a fingerprint chosen after seeing a hello could be chosen to match a code.
 */
import type { TrustMessage } from "./acquaintance.ts";
import { type Bytes, equalInConstantTime, fromBase64Url, toBase64Url, utf8 } from "./bytes.ts";
import {
  agree,
  commitmentOf,
  createEphemeral,
  type Ephemeral,
  type Hello,
  hmac,
  isLower,
  keepsCommitment,
  messageKeys,
  type PairKeys,
} from "./handshake.ts";
import { SealedChannel } from "./sealed_channel.ts";
import type { SharedKey } from "./sender_key.ts";

const NO_SECRET = new Uint8Array(32);
/** Signaling may go several ways at once: what overtakes is no less true. */
const SEALED = { context: "mesh-e2ee v1 sealed", inOrder: false } as const;
const MESSAGES = { context: "mesh-e2ee v1 messages", inOrder: true } as const;
/** In place of a confirmation: fits no agreement. */
const REFUSAL = toBase64Url(new Uint8Array(32));
/** Steps that may be there before those they follow on. */
const MAX_HELD = 32;
/** Messages that may wait for the agreement they were sealed under; more are dropped. */
const MAX_EARLY_MESSAGES = 256;

export type PairMessage =
  | { type: "commit"; commitment: string }
  | { type: "hello"; public_key: string; nonce: string; secret_id: string }
  | { type: "confirm"; mac: string }
  | { type: "sealed"; sealed: string };

/** Inside `sealed`. */
export type SealedMessage =
  | { type: "media-key"; generation: number; step: number; base_key: string }
  | { type: "media-key-ack"; generation: number; step: number }
  | TrustMessage;

export type PairFailure = "commitment" | "confirmation" | "key" | "order" | "forged" | "timeout";

/** SHA-256 of the DTLS certificates, as this side sees them. */
export interface Fingerprints {
  selfFingerprint: Bytes;
  peerFingerprint: Bytes;
}

export interface PairOptions {
  room: string;
  selfId: string;
  peerId: string;
  /** From the link; null: entered without one. */
  roomSecret: Bytes | null;
}

export interface PairEvents {
  send(message: PairMessage): void;
  /** `byLink`: both came with the same secret. */
  confirmed(keys: PairKeys, byLink: boolean): void;
  /**
   * The lower side only, before the other has confirmed: whoever can open what is sealed from now
   * on can confirm as well. They may do the one and not the other.
   */
  keyed(): void;
  failed(reason: PairFailure): void;
  mediaKey(key: SharedKey): void;
  mediaKeyAcknowledged(key: { generation: number; step: number }): void;
  trust(message: TrustMessage): Promise<void>;
}

export class PairSession {
  readonly #options: PairOptions;
  readonly #events: PairEvents;
  readonly #lower: boolean;
  /** Tells whether two have the same secret without showing it; empty: none. */
  readonly #secretId: Promise<string>;
  readonly #described = Promise.withResolvers<Fingerprints>();
  #ephemeral: Ephemeral | null = null;
  #commitment: Bytes | null = null;
  #keys: PairKeys | null = null;
  #byLink = false;
  #confirmed = false;
  #failed = false;
  #retired = false;
  #channel: SealedChannel | null = null;
  /** Ready when the agreement is confirmed. */
  #nextMessages: Promise<SealedChannel | null> | null = null;
  /** For messages of the call, under keys of their own; null: the agreement came to nothing. */
  readonly #messages = Promise.withResolvers<SealedChannel | null>();
  #early = 0;
  #held: PairMessage[] = [];
  /** One step after the other, whatever comes when. */
  #queue: Promise<void>;

  constructor(options: PairOptions, events: PairEvents) {
    this.#options = options;
    this.#events = events;
    this.#lower = isLower(options.selfId, options.peerId);
    this.#secretId = secretIdOf(options.roomSecret);
    this.#queue = this.#begin();
  }

  get isConfirmed(): boolean {
    return this.#confirmed;
  }

  /** Came to nothing, or was ended. */
  get isOver(): boolean {
    return this.#failed;
  }

  describe(fingerprints: Fingerprints): void {
    this.#described.resolve(fingerprints);
  }

  receive(message: PairMessage): void {
    if (!this.#retired) this.#enqueue(() => this.#take(message));
  }

  sendMediaKey({ generation, step, baseKey }: SharedKey): void {
    this.#sendSealed({ type: "media-key", generation, step, base_key: toBase64Url(baseKey) });
  }

  sendTrust(message: TrustMessage): void {
    this.#sendSealed(message);
  }

  /** Null: there is no confirmed agreement. */
  async sealMessage(text: string): Promise<string | null> {
    if (!this.#confirmed || this.#failed) return null;
    return await (await this.#messages.promise)?.seal(text) ?? null;
  }

  /**
   * Null: not from the other side of this agreement, or not in order. The other side may be done
   * with the agreement a moment earlier: what it says then waits.
   */
  async openMessage(sealed: string): Promise<string | null> {
    if (this.#failed || this.#early >= MAX_EARLY_MESSAGES) return null;
    this.#early++;
    const channel = await this.#messages.promise.finally(() => this.#early--);
    if (channel === null || this.#failed) return null;
    return await channel.open(sealed).catch(() => null);
  }

  /** There is a newer one: this one takes part in nothing but messages any more. */
  retire(): void {
    this.#retired = true;
  }

  close(): void {
    this.#failed = true;
    this.#messages.resolve(null);
  }

  /** The other side has had its time. */
  expire(): void {
    if (!this.#confirmed) this.#fail("timeout");
  }

  async #begin(): Promise<void> {
    this.#ephemeral = await createEphemeral(this.#options.selfId);
    if (!this.#lower) return;
    const commitment = toBase64Url(await commitmentOf(this.#ephemeral.hello));
    if (!this.#failed) this.#events.send({ type: "commit", commitment });
  }

  #enqueue(step: () => Promise<void>): void {
    this.#queue = this.#queue.then(() => this.#failed ? undefined : step())
      .catch(() => this.#fail("forged"));
  }

  #fail(reason: PairFailure): void {
    if (this.#failed) return;
    this.close();
    // Who waits for this step hears at once that it is not coming. Whoever could forge it can break
    // the agreement anyway.
    const awaited = !this.#lower && !this.#confirmed && reason !== "timeout";
    if (awaited) this.#events.send({ type: "confirm", mac: REFUSAL });
    this.#events.failed(reason);
  }

  async #take(message: PairMessage): Promise<void> {
    if (!this.#isTurnOf(message)) return this.#hold(message);
    await this.#step(message);
    // What had overtaken this one; whatever is still too early is held again.
    const held = this.#held;
    this.#held = [];
    for (const earlier of held) if (!this.#failed) await this.#take(earlier);
  }

  #isTurnOf({ type }: PairMessage): boolean {
    switch (type) {
      case "commit":
        return true;
      case "hello":
        return this.#lower || this.#commitment !== null;
      case "confirm":
        return this.#keys !== null;
      case "sealed":
        // Keys come only from somebody who has proven to have made the same agreement.
        return this.#confirmed;
    }
  }

  #hold(message: PairMessage): void {
    if (this.#held.length >= MAX_HELD) return this.#fail("order");
    this.#held.push(message);
  }

  async #step(message: PairMessage): Promise<void> {
    // Once agreed, nothing that anybody says in the open can undo it.
    if (this.#confirmed && message.type !== "sealed") return;
    switch (message.type) {
      case "commit":
        return await this.#takeCommit(fromBase64Url(message.commitment));
      case "hello":
        return await this.#takeHello(message);
      case "confirm":
        return this.#takeConfirm(fromBase64Url(message.mac));
      case "sealed":
        return await this.#takeSealed(message.sealed);
    }
  }

  async #takeCommit(commitment: Bytes): Promise<void> {
    if (this.#lower || this.#commitment !== null) return this.#fail("order");
    this.#commitment = commitment;
    await this.#described.promise;
    await this.#sayHello();
  }

  async #takeHello(message: Extract<PairMessage, { type: "hello" }>): Promise<void> {
    if (this.#keys !== null) return this.#fail("order");
    const hello: Hello = {
      id: this.#options.peerId,
      publicKey: fromBase64Url(message.public_key),
      nonce: fromBase64Url(message.nonce),
    };
    if (!this.#lower) {
      const kept = this.#commitment !== null && await keepsCommitment(hello, this.#commitment);
      if (!kept) return this.#fail("commitment");
    }
    const own = await this.#secretId;
    this.#byLink = own !== "" && own === message.secret_id;
    const fingerprints = await this.#described.promise;
    // Both sides can work out the keys at the same time.
    if (this.#lower) await this.#sayHello();
    const keys = await this.#agree(hello, fingerprints);
    if (keys === null) return this.#fail("key");
    this.#keys = keys;
    this.#nextMessages = messageKeys(keys).then((each) => SealedChannel.create(each, MESSAGES))
      .catch(() => null);
    this.#channel = await SealedChannel.create(keys, SEALED);
    if (!this.#lower || this.#failed) return;
    this.#confirm(keys);
    this.#events.keyed();
  }

  async #agree(
    hello: Hello,
    { selfFingerprint, peerFingerprint }: Fingerprints,
  ): Promise<PairKeys | null> {
    const { room, roomSecret } = this.#options;
    const { hello: own, privateKey } = this.#ephemeral!;
    try {
      return await agree({
        room,
        self: { ...own, fingerprint: selfFingerprint },
        peer: { ...hello, fingerprint: peerFingerprint },
        privateKey,
        roomSecret: this.#byLink && roomSecret !== null ? roomSecret : NO_SECRET,
      });
    } catch {
      // No point of the curve: the other side does not play by the rules.
      return null;
    }
  }

  #takeConfirm(mac: Bytes): void {
    const keys = this.#keys;
    if (keys === null) return this.#fail("order");
    if (!equalInConstantTime(mac, keys.expectedConfirmation)) return this.#fail("confirmation");
    if (!this.#lower) this.#confirm(keys);
    this.#confirmed = true;
    this.#messages.resolve(this.#nextMessages);
    this.#events.confirmed(keys, this.#byLink);
  }

  async #takeSealed(sealed: string): Promise<void> {
    // Repeated or forged, as anybody on the way can do: it says nothing, and undoes nothing.
    const text = await this.#channel?.open(sealed).catch(() => null) ?? null;
    if (text === null) return;
    const message = JSON.parse(text) as SealedMessage;
    if (message.type === "media-key") {
      const { generation, step, base_key } = message;
      this.#events.mediaKey({ generation, step, baseKey: fromBase64Url(base_key) });
      this.#sendSealed({ type: "media-key-ack", generation, step });
    } else if (message.type === "media-key-ack") {
      this.#events.mediaKeyAcknowledged(message);
    } else await this.#events.trust(message);
  }

  /** Waits for no step that is under way; what is sealed first leaves first. */
  #sendSealed(message: SealedMessage): void {
    if (this.#failed) return;
    this.#channel?.seal(JSON.stringify(message)).then((sealed) => {
      if (!this.#failed) this.#events.send({ type: "sealed", sealed });
    }, () => this.#fail("forged"));
  }

  async #sayHello(): Promise<void> {
    const { publicKey, nonce } = this.#ephemeral!.hello;
    const secretId = await this.#secretId;
    if (this.#failed) return;
    this.#events.send({
      type: "hello",
      public_key: toBase64Url(publicKey),
      nonce: toBase64Url(nonce),
      secret_id: secretId,
    });
  }

  #confirm({ confirmation }: PairKeys): void {
    this.#events.send({ type: "confirm", mac: toBase64Url(confirmation) });
  }
}

async function secretIdOf(secret: Bytes | null): Promise<string> {
  if (secret === null) return "";
  const id = await hmac(secret, utf8("mesh-e2ee v1 secret id"));
  return toBase64Url(id.subarray(0, 8));
}
