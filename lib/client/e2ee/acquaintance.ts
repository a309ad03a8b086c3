/**
 * What is known of one other person over all agreements with them: whether the secret of the link
 * or a compared code vouches for them. The handshake alone cannot tell a person from somebody who
 * has been in between since the beginning.
 *
 * A compared code counts for the agreement that it was of. The next one with the same person (a
 * rebuilt connection) shows that it is theirs by a proof under keys of the one before. The secret of
 * the link proves the same to everybody who has it, also when it came only during the call: from
 * somebody whose code was compared, on both sides.
 */
import { type Bytes, equalInConstantTime, fromBase64Url, toBase64Url } from "./bytes.ts";
import { continuityKey, type PairKeys, type ProofKind, proofOf } from "./handshake.ts";
import type { RoomSecret } from "./room_secret.ts";

/** `link`: has the secret of the link. `code`: this person compared the code with them. */
export type Voucher = "link" | "code";

export interface Trust {
  readonly verified: Voucher | null;
  /** They have compared the code on their side. */
  readonly peerCompared: boolean;
}

/** Inside `sealed`. */
export type TrustMessage =
  | { type: "proof"; kind: ProofKind; mac: string }
  | { type: "compared" }
  | { type: "room-secret"; secret: string; encryption_required: boolean };

export interface AcquaintancePorts {
  selfId: string;
  peerId: string;
  send(message: TrustMessage): void;
  changed(trust: Trust): void;
  /** From the link, or from somebody in the call; null: this person has none. */
  roomSecret(): RoomSecret | null;
  /** Came from this person, whose code was compared. */
  adoptSecret(secret: RoomSecret): void;
}

const SECRET_BYTES = 32;

export class Acquaintance {
  readonly #ports: AcquaintancePorts;
  /** Of the present agreement. */
  #keys: PairKeys | null = null;
  #continuity: Bytes | null = null;
  #previous: Bytes | null = null;
  /** The code of the agreement before was compared. */
  #comparedBefore = false;
  #compared = false;
  #peerCompared = false;
  #byLink = false;
  #provedLink = false;
  #offered: RoomSecret | null = null;
  #shown: Trust = { verified: null, peerCompared: false };

  constructor(ports: AcquaintancePorts) {
    this.#ports = ports;
  }

  get trust(): Trust {
    const verified = this.#byLink ? "link" : this.#compared ? "code" : null;
    return { verified, peerCompared: this.#peerCompared };
  }

  /** @param byLink the keys themselves hold the secret of the link */
  async agreed(keys: PairKeys, byLink: boolean): Promise<void> {
    // Of the agreement before only: one that did not carry the mark on has lost it.
    this.#comparedBefore = this.#compared;
    this.#compared = this.#peerCompared = this.#provedLink = false;
    this.#byLink = byLink;
    this.#offered = null;
    this.#keys = keys;
    this.#previous = this.#continuity;
    this.#continuity = await continuityKey(keys);
    this.#shown = this.trust;
    if (this.#previous !== null) await this.#prove("before", this.#previous);
    await this.proveLink();
  }

  /** This side has the secret, perhaps only now. */
  async proveLink(): Promise<void> {
    const secret = this.#ports.roomSecret();
    if (secret === null || this.#byLink || this.#provedLink) return;
    this.#provedLink = true;
    await this.#prove("link", secret.key);
  }

  /** The person has compared the code of the present agreement: it is the same on both screens. */
  compare(): void {
    if (this.#keys === null || this.#compared) return;
    this.#compared = true;
    this.#ports.send({ type: "compared" });
    const secret = this.#ports.roomSecret();
    if (secret !== null && !this.#byLink) {
      this.#ports.send({
        type: "room-secret",
        secret: toBase64Url(secret.key),
        encryption_required: secret.encryptionRequired,
      });
    }
    this.#adopt();
    this.#show();
  }

  async take(message: TrustMessage): Promise<void> {
    switch (message.type) {
      case "proof":
        await this.#check(message);
        break;
      case "compared":
        this.#peerCompared = true;
        break;
      case "room-secret": {
        const key = fromBase64Url(message.secret);
        if (key.length !== SECRET_BYTES) return;
        this.#offered = { key, encryptionRequired: message.encryption_required === true };
        this.#adopt();
        break;
      }
      default:
        message satisfies never;
    }
    this.#show();
  }

  /** Only from somebody whom this person has compared codes with: anybody else may be in between. */
  #adopt(): void {
    if (!this.#compared || this.#offered === null || this.#ports.roomSecret() !== null) return;
    this.#ports.adoptSecret(this.#offered);
  }

  async #prove(kind: ProofKind, key: Bytes): Promise<void> {
    const mac = await this.#proof(kind, key, this.#ports.selfId);
    if (mac !== null) this.#ports.send({ type: "proof", kind, mac: toBase64Url(mac) });
  }

  async #check({ kind, mac }: { kind: ProofKind; mac: string }): Promise<void> {
    const key = kind === "link" ? this.#ports.roomSecret()?.key : this.#previous;
    const expected = key && await this.#proof(kind, key, this.#ports.peerId);
    if (!expected || !equalInConstantTime(fromBase64Url(mac), expected)) return;
    if (kind === "before") this.#compared ||= this.#comparedBefore;
    else if (!this.#byLink) {
      // They may have got the secret only now, and could not check the proof that they were sent.
      this.#provedLink = false;
      await this.proveLink();
      this.#byLink = true;
    }
  }

  async #proof(kind: ProofKind, key: Bytes, id: string): Promise<Bytes | null> {
    if (this.#keys === null) return null;
    return await proofOf({ kind, key, id, transcript: this.#keys.transcript });
  }

  #show(): void {
    const { verified, peerCompared } = this.trust;
    if (verified === this.#shown.verified && peerCompared === this.#shown.peerCompared) return;
    this.#shown = { verified, peerCompared };
    this.#ports.changed(this.#shown);
  }
}
