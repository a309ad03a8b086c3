/**
 * Texts between two people under keys of their agreement: AES-256-GCM with a counter as nonce. Each
 * is opened once; where order matters, one that was overtaken is refused, too. One that was lost on
 * the way is not missed here.
 */
import { ReplayWindow } from "./replay_window.ts";
import { bigEndian, type Bytes, concat, fromBase64Url, toBase64Url, utf8 } from "./bytes.ts";

const NONCE_BYTES = 12;
const COUNTER_BYTES = 8;

export interface SealedChannelKeys {
  /** 32 octets each; never the same in both directions. */
  sendKey: Bytes;
  receiveKey: Bytes;
}

export interface SealedChannelOptions {
  /** Authenticated with every text: what one channel seals, no other opens. */
  context: string;
  /** Texts that come after a later one are refused. */
  inOrder: boolean;
}

export class SealedChannel {
  readonly #sendKey: CryptoKey;
  readonly #receiveKey: CryptoKey;
  readonly #context: Bytes;
  readonly #inOrder: boolean;
  readonly #received = new ReplayWindow();
  #sent = 0n;
  #latest = 0n;
  /** One text after the other: WebCrypto may finish a later one first. */
  #sealing: Promise<unknown> = Promise.resolve();
  #opening: Promise<unknown> = Promise.resolve();

  private constructor(
    sendKey: CryptoKey,
    receiveKey: CryptoKey,
    { context, inOrder }: SealedChannelOptions,
  ) {
    this.#sendKey = sendKey;
    this.#receiveKey = receiveKey;
    this.#context = utf8(context);
    this.#inOrder = inOrder;
  }

  static async create(
    { sendKey, receiveKey }: SealedChannelKeys,
    options: SealedChannelOptions,
  ): Promise<SealedChannel> {
    const load = (key: Bytes, usage: "encrypt" | "decrypt") =>
      crypto.subtle.importKey("raw", key, "AES-GCM", false, [usage]);
    const [encrypting, decrypting] = await Promise.all([
      load(sendKey, "encrypt"),
      load(receiveKey, "decrypt"),
    ]);
    return new SealedChannel(encrypting, decrypting, options);
  }

  /** base64url of counter, ciphertext and tag. */
  seal(text: string): Promise<string> {
    const sealed = this.#sealing.then(() => this.#seal(text));
    this.#sealing = sealed.catch(() => {});
    return sealed;
  }

  /** @throws DOMException when the text is forged, damaged, repeated or out of order */
  open(sealed: string): Promise<string> {
    const opened = this.#opening.then(() => this.#open(sealed));
    this.#opening = opened.catch(() => {});
    return opened;
  }

  async #seal(text: string): Promise<string> {
    const counter = bigEndian(++this.#sent, COUNTER_BYTES);
    const parameters = this.#parameters(counter);
    const ciphertext = await crypto.subtle.encrypt(parameters, this.#sendKey, utf8(text));
    return toBase64Url(concat(counter, new Uint8Array(ciphertext)));
  }

  async #open(sealed: string): Promise<string> {
    const bytes = fromBase64Url(sealed);
    if (bytes.length < COUNTER_BYTES) throw new DOMException("too short", "OperationError");
    const counter = bytes.slice(0, COUNTER_BYTES);
    const number = new DataView(counter.buffer).getBigUint64(0);
    if (!this.#received.allows(number) || (this.#inOrder && number <= this.#latest)) {
      throw new DOMException("repeated or late", "OperationError");
    }
    const plaintext = await crypto.subtle.decrypt(
      this.#parameters(counter),
      this.#receiveKey,
      bytes.slice(COUNTER_BYTES),
    );
    this.#received.accept(number);
    if (number > this.#latest) this.#latest = number;
    return new TextDecoder().decode(plaintext);
  }

  #parameters(counter: Bytes): AesGcmParams {
    const iv = concat(new Uint8Array(NONCE_BYTES - counter.length), counter);
    return { name: "AES-GCM", iv, additionalData: this.#context };
  }
}
