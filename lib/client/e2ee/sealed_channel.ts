/**
 * Messages between two people under their pair keys: AES-256-GCM with a counter as nonce. The
 * counter also gives the order: a message that was held back or repeated is refused.
 */
import { bigEndian, type Bytes, concat, fromBase64Url, toBase64Url, utf8 } from "./bytes.ts";

const NONCE_BYTES = 12;
const CONTEXT = utf8("mesh-e2ee v1 sealed");

export class SealedChannel {
  readonly #sendKey: CryptoKey;
  readonly #receiveKey: CryptoKey;
  #sent = 0n;
  #received = 0n;

  private constructor(sendKey: CryptoKey, receiveKey: CryptoKey) {
    this.#sendKey = sendKey;
    this.#receiveKey = receiveKey;
  }

  static async create(sendKey: Bytes, receiveKey: Bytes): Promise<SealedChannel> {
    const load = (key: Bytes, usage: "encrypt" | "decrypt") =>
      crypto.subtle.importKey("raw", key, "AES-GCM", false, [usage]);
    return new SealedChannel(await load(sendKey, "encrypt"), await load(receiveKey, "decrypt"));
  }

  /** base64url of counter, ciphertext and tag. */
  async seal(message: unknown): Promise<string> {
    const counter = bigEndian(++this.#sent, 8);
    const ciphertext = await crypto.subtle.encrypt(
      this.#parameters(counter),
      this.#sendKey,
      utf8(JSON.stringify(message)),
    );
    return toBase64Url(concat(counter, new Uint8Array(ciphertext)));
  }

  /** @throws when the message is forged, damaged, repeated or out of order */
  async open(sealed: string): Promise<unknown> {
    const bytes = fromBase64Url(sealed);
    const counter = bytes.slice(0, 8);
    const number = new DataView(counter.buffer).getBigUint64(0);
    if (number <= this.#received) throw new DOMException("repeated message", "OperationError");
    const plaintext = await crypto.subtle.decrypt(
      this.#parameters(counter),
      this.#receiveKey,
      bytes.slice(8),
    );
    this.#received = number;
    return JSON.parse(new TextDecoder().decode(plaintext));
  }

  #parameters(counter: Bytes): AesGcmParams {
    const iv = concat(new Uint8Array(NONCE_BYTES - counter.length), counter);
    return { name: "AES-GCM", iv, additionalData: CONTEXT };
  }
}
