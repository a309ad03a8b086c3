/**
 * End-to-end encryption of one call: brings links and the encryption worker together, tells each
 * person's view how things stand, and watches that nothing leaves unencrypted.
 */
import { canEncrypt, Encryption, startEncryptionWorker } from "../e2ee/encryption.ts";
import { recallRoomSecret } from "../e2ee/room_secret.ts";
import type { TransformOptions } from "../e2ee/e2ee_messages.ts";
import type { Mesh, MeshPorts } from "../rtc/mesh.ts";
import type { RemoteView } from "./remote_person.ts";

/** How often what was sent is compared with what the worker saw. */
const TRIPWIRE_EVERY_MS = 1_000;

export interface ProtectionPorts {
  view(peerId: number): RemoteView | undefined;
  /** Frames left that the worker never saw: the browser ignores the encryption. */
  breach(peerId: number): void;
}

type ProtectedMeshPorts = Pick<
  MeshPorts,
  "protectSender" | "protectReceiver" | "described" | "pairMessage"
>;

export class MediaProtection {
  /** Browsers without encoded transforms can talk, and everyone is told. */
  readonly possible = canEncrypt();
  readonly #roomCode: string;
  readonly #ports: ProtectionPorts;
  /** Started with the call, so that it is ready before the first connection. */
  readonly #worker: Worker | null;
  readonly #senders = new Map<RTCRtpSender, TransformOptions>();
  #encryption: Encryption | null = null;
  #tripwire: ReturnType<typeof setTimeout> | undefined;
  /** Senders that had sent what the worker had not seen, when last looked at. */
  #suspects = new Set<RTCRtpSender>();

  constructor(roomCode: string, ports: ProtectionPorts) {
    this.#roomCode = roomCode;
    this.#ports = ports;
    this.#worker = this.possible ? startEncryptionWorker() : null;
  }

  /** What the mesh needs to know; works from `start` on. */
  readonly meshPorts: ProtectedMeshPorts = {
    protectSender: (peerId, sender, { index: line, link }) => {
      const options: TransformOptions = { side: "send", peerId, line, link };
      this.#encryption?.protect(sender, options);
      this.#senders.set(sender, options);
    },
    protectReceiver: (peerId, receiver, { index: line, link }) =>
      this.#encryption?.protect(receiver, { side: "receive", peerId, line, link }),
    described: (peerId, fingerprints) => {
      this.#ports.view(peerId)?.setProtection({ kind: "agreeing" });
      this.#encryption?.startPair(peerId, fingerprints);
    },
    pairMessage: (peerId, message) => this.#encryption?.receive(peerId, message),
  };

  start(mesh: Mesh, selfId: number): void {
    if (this.#worker === null) return;
    const { view } = this.#ports;
    this.#encryption = new Encryption(
      this.#worker,
      { room: this.#roomCode, selfId, roomSecret: recallRoomSecret(this.#roomCode) },
      {
        send: (peerId, message) => mesh.link(peerId)?.sendPairMessage(message),
        confirmed: (peerId, { code, byLink }) =>
          view(peerId)?.setProtection({ kind: "encrypted", code, byLink }),
        failed: (peerId) => view(peerId)?.setProtection({ kind: "failed" }),
      },
    );
    this.#tripwire = setTimeout(() => void this.#watch(), TRIPWIRE_EVERY_MS);
  }

  /** Somebody is gone: what is said from now on is not for them. */
  removePeer(peerId: number): void {
    this.#encryption?.removePeer(peerId);
    for (const [sender, options] of this.#senders) {
      if (options.peerId === peerId) this.#senders.delete(sender);
    }
  }

  stop(): void {
    clearTimeout(this.#tripwire);
    this.#encryption = null;
    this.#senders.clear();
    this.#worker?.terminate();
  }

  /** The worker counts once a second, so only a second look in a row cries out. */
  async #watch(): Promise<void> {
    const suspects = new Set<RTCRtpSender>();
    for (const [sender, options] of this.#senders) {
      if (await framesSent(sender) === 0) continue;
      if ((this.#encryption?.framesSeen(options) ?? 0) > 0) continue;
      suspects.add(sender);
      if (this.#suspects.has(sender)) await this.#silence(sender, options.peerId);
    }
    this.#suspects = suspects;
    if (this.#encryption === null) return;
    this.#tripwire = setTimeout(() => void this.#watch(), 2 * TRIPWIRE_EVERY_MS);
  }

  async #silence(sender: RTCRtpSender, peerId: number): Promise<void> {
    this.#ports.view(peerId)?.setProtection({ kind: "failed" });
    this.#ports.breach(peerId);
    await sender.replaceTrack(null);
  }
}

/** Video frames, or audio packets: Opus puts one frame into each. */
async function framesSent(sender: RTCRtpSender): Promise<number> {
  let sent = 0;
  if (sender.track === null || sender.transport?.state !== "connected") return sent;
  for (const report of (await sender.getStats()).values()) {
    if (report.type === "outbound-rtp") sent += report.framesSent ?? report.packetsSent ?? 0;
  }
  return sent;
}
