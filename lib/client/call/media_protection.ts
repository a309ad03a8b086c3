/**
 * End-to-end encryption of one call: brings links and the encryption worker together, tells each
 * person's view how things stand, and closes links that are not what they should be.
 */
import { signal } from "@preact/signals";
import type { VideoRoom } from "../../shared/protocol/rooms.ts";
import type { Trust } from "../e2ee/acquaintance.ts";
import { canEncrypt } from "../e2ee/can_encrypt.ts";
import { Encryption, startEncryptionWorker } from "../e2ee/encryption.ts";
import {
  keepRoomSecret,
  recallRoomSecret,
  recallsEncryption,
  rememberEncryption,
  writeSecret,
} from "../e2ee/room_secret.ts";
import type { TransformOptions } from "../e2ee/e2ee_messages.ts";
import type { Mesh, MeshPorts } from "../rtc/mesh.ts";
import type { ProtectionCommands, ProtectionFailure } from "./call_state.ts";
import type { RemoteView } from "./remote_person.ts";
import type { Roster } from "./roster.ts";
import { Tripwire } from "./tripwire.ts";

/** Pauses before this side offers another connection, after one that could not be encrypted. */
const RETRY_AFTER_MS = [1_000, 3_000, 10_000, 30_000, 60_000] as const;
/** When keys did not fit: the other side, who only misses an answer, has its own alarm by then. */
const MISMATCH_PAUSE_MS = 6_000;
/** An agreement that took too long proves nothing while signaling was away so recently. */
const DISTURBED_MS = 8_000;

export interface ProtectionPorts {
  /** Null before the call runs. */
  roster(): Roster | null;
  /** For the server's log: no secrets, no names. */
  report(peerId: number, error: Error): void;
  /** An agreement with somebody is made; again after every new connection. */
  confirmed(peerId: number): void;
}

/**
 * Messages of the call under keys of the pair: AES-256-GCM, each opened once and in order. A new
 * connection means new keys: what was not acknowledged is to be sealed again.
 */
export interface SealedMessages {
  /** There is a confirmed agreement: what is sealed now can be opened over there. */
  ready(peerId: number): boolean;
  /** Null: there is no confirmed agreement. */
  seal(peerId: number, text: string): Promise<string | null>;
  /** Null: forged, repeated, out of order, or of an agreement that is over. */
  open(peerId: number, sealed: string): Promise<string | null>;
}

type ProtectedMeshPorts = Pick<
  MeshPorts,
  "protectSender" | "protectReceiver" | "introduced" | "described" | "pairMessage"
>;

export class MediaProtection implements ProtectionCommands {
  /** Browsers without encoded transforms can talk, and everyone is told. */
  readonly possible = canEncrypt();
  readonly #roomCode: string;
  readonly #ports: ProtectionPorts;
  readonly #required;
  /** Started with the call, so that it is ready before the first connection. */
  readonly #worker: Worker | null;
  readonly #tripwire: Tripwire;
  /** With whom an agreement was made: its message keys stay until the next one has some. */
  readonly #agreed = new Set<number>();
  /** How often in a row it went wrong. */
  readonly #failures = new Map<number, number>();
  #encryption: Encryption | null = null;
  #mesh: Mesh | null = null;
  #online = true;
  #disturbedAtMs = -Infinity;

  constructor(roomCode: string, ports: ProtectionPorts) {
    this.#roomCode = roomCode;
    this.#ports = ports;
    this.#required = signal(recallsEncryption(roomCode));
    this.#worker = this.possible ? startEncryptionWorker() : null;
    this.#tripwire = new Tripwire({
      seen: (options) => this.#encryption?.framesSeen(options) ?? { frames: 0, passed: 0 },
      agreed: (peerId) => this.#view(peerId)?.protection.peek().kind === "encrypted",
      alarm: (peerId, alarm) => {
        if (alarm === "bypassed") void this.#cutOff(peerId, alarm);
        else this.#fail(peerId, alarm);
      },
    });
  }

  /**
   * The room demands encryption. Known from the link, from whoever handed its secret over, or from
   * what the server said once: it cannot be taken back.
   */
  get required(): boolean {
    return this.#required.value;
  }

  /** What the mesh needs to know; works from `start` on. */
  readonly meshPorts: ProtectedMeshPorts = {
    protectSender: (peerId, sender, { index: line, link }) =>
      this.#protect(sender, { side: "send", peerId, line, link }),
    protectReceiver: (peerId, receiver, { index: line, link }) =>
      this.#protect(receiver, { side: "receive", peerId, line, link }),
    introduced: (peerId) => this.#encryption?.startPair(peerId),
    described: (peerId, fingerprints) => {
      const view = this.#view(peerId);
      // After a failure the alarm stays until there is an agreement.
      if (view?.protection.peek().kind !== "failed") view?.setProtection({ kind: "agreeing" });
      this.#encryption?.describePair(peerId, fingerprints);
    },
    pairMessage: (peerId, message) => this.#encryption?.receive(peerId, message),
  };

  readonly messages: SealedMessages = {
    ready: (peerId) => this.#agreed.has(peerId),
    seal: async (peerId, text) => await this.#encryption?.sealMessage(peerId, text) ?? null,
    open: async (peerId, sealed) => await this.#encryption?.openMessage(peerId, sealed) ?? null,
  };

  start(mesh: Mesh, selfId: number): void {
    this.#mesh = mesh;
    if (this.#worker === null) return;
    const roomSecret = recallRoomSecret(this.#roomCode);
    this.#encryption = new Encryption(
      this.#worker,
      { room: this.#roomCode, selfId, roomSecret },
      {
        send: (peerId, message) => mesh.link(peerId)?.sendPairMessage(message),
        confirmed: (peerId, { code, trust }) => {
          this.#agreed.add(peerId);
          this.#failures.delete(peerId);
          this.#view(peerId)?.setProtection({ kind: "encrypted", code, ...trust });
          this.#ports.confirmed(peerId);
        },
        trusted: (peerId, trust) => this.#trust(peerId, trust),
        roomSecret: (secret) => {
          keepRoomSecret(this.#roomCode, writeSecret(secret));
          this.heed({ e2ee_required: secret.encryptionRequired });
        },
        failed: (peerId, reason) => this.#fail(peerId, reason),
      },
    );
    this.#tripwire.start();
  }

  /** What the server says of the room. Only more can be demanded, never less. */
  heed(room: Pick<VideoRoom, "e2ee_required"> | null): void {
    if (room?.e2ee_required !== true || this.#required.peek()) return;
    rememberEncryption(this.#roomCode);
    this.#required.value = true;
    this.#ports.roster()?.requireEncryption();
  }

  /** Signaling has come or gone. */
  setOnline(online: boolean): void {
    if (this.#online !== online) this.#disturbedAtMs = performance.now();
    this.#online = online;
  }

  compare(peerId: number): void {
    this.#encryption?.compare(peerId);
  }

  reportMismatch(peerId: number): void {
    void this.#cutOff(peerId, "code");
  }

  retry(peerId: number): void {
    this.#view(peerId)?.setProtection({ kind: "agreeing" });
    this.#ports.roster()?.meetAgain(peerId);
  }

  /** Somebody is gone: what is said from now on is not for them. */
  removePeer(peerId: number): void {
    this.#encryption?.removePeer(peerId);
    this.#agreed.delete(peerId);
    this.#failures.delete(peerId);
    this.#tripwire.forget(peerId);
  }

  stop(): void {
    this.#tripwire.stop();
    this.#encryption?.stop();
    this.#encryption = null;
    this.#agreed.clear();
    // Also when the call never got as far as to use it.
    this.#worker?.terminate();
  }

  #view(peerId: number): RemoteView | undefined {
    return this.#ports.roster()?.find(peerId);
  }

  #protect(target: RTCRtpSender | RTCRtpReceiver, options: TransformOptions): void {
    this.#encryption?.protect(target, options);
    this.#tripwire.watch(target, options);
  }

  #trust(peerId: number, trust: Trust): void {
    const view = this.#view(peerId);
    const protection = view?.protection.peek();
    if (protection?.kind === "encrypted") view?.setProtection({ ...protection, ...trust });
  }

  /** No keys, or none that fit: the connection is closed, and another one is tried after a while. */
  #fail(peerId: number, reason: ProtectionFailure): void {
    const count = this.#failures.get(peerId) ?? 0;
    this.#failures.set(peerId, count + 1);
    this.#tripwire.forget(peerId);
    const pauseMs = RETRY_AFTER_MS[Math.min(count, RETRY_AFTER_MS.length - 1)]!;
    const mismatch = reason !== "timeout" && reason !== "unreadable";
    this.#mesh?.abandon(peerId, mismatch ? Math.max(pauseMs, MISMATCH_PAUSE_MS) : pauseMs);
    if (reason === "timeout" && this.#isDisturbed()) return;
    this.#tell(peerId, reason);
  }

  /** Not to be trusted again before the person says so. */
  async #cutOff(peerId: number, reason: ProtectionFailure): Promise<void> {
    // First of all nothing more leaves, whatever becomes of the connection.
    const silenced = [...this.#tripwire.senders(peerId)].map((each) => each.replaceTrack(null));
    this.#tell(peerId, reason);
    this.removePeer(peerId);
    await Promise.allSettled(silenced);
    this.#mesh?.remove(peerId);
  }

  #tell(peerId: number, reason: ProtectionFailure): void {
    this.#view(peerId)?.setProtection({ kind: "failed", reason });
    this.#ports.report(peerId, new DOMException(reason, "EncryptionFailed"));
  }

  /** Messages may have been held up by nobody but the network. */
  #isDisturbed(): boolean {
    return !this.#online || performance.now() - this.#disturbedAtMs < DISTURBED_MS;
  }
}
