/**
 * The server's own secret: made at first start, kept in a file only its owner reads, never logged.
 * Keys for every purpose are derived from it (HKDF, RFC 5869), so none can stand in for another.
 */
import { dirname } from "node:path";
import { z } from "zod";
import type { Config } from "../config.ts";

export type KeyPurpose = "session" | "participant" | "guest_link" | "browser";

const SecretsFile = z.object({ master: z.string().min(32), salt: z.string().min(16) });
type SecretsFile = z.infer<typeof SecretsFile>;

const KEY_BYTES = 32;

/** Derives keys; the secret itself stays inside. */
export class Secrets {
  readonly #master: CryptoKey;
  readonly #salt: Uint8Array<ArrayBuffer>;
  readonly #derived = new Map<KeyPurpose, Promise<Uint8Array>>();

  private constructor(master: CryptoKey, salt: Uint8Array<ArrayBuffer>) {
    this.#master = master;
    this.#salt = salt;
  }

  static async from(master: string, salt: string): Promise<Secrets> {
    const bytes = new TextEncoder().encode(master);
    const key = await crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveBits"]);
    return new Secrets(key, new TextEncoder().encode(salt));
  }

  /** 32 bytes, the same for the same purpose on every start. */
  key(purpose: KeyPurpose): Promise<Uint8Array> {
    const known = this.#derived.get(purpose) ?? this.#derive(purpose);
    this.#derived.set(purpose, known);
    return known;
  }

  async #derive(purpose: KeyPurpose): Promise<Uint8Array> {
    const info = new TextEncoder().encode(`videocall ${purpose} v1`);
    const algorithm = { name: "HKDF", hash: "SHA-256", salt: this.#salt, info };
    return new Uint8Array(await crypto.subtle.deriveBits(algorithm, this.#master, KEY_BYTES * 8));
  }
}

/** From the environment, else from `DATA_DIR/secrets.json`, which is made when it is missing. */
export async function loadSecrets(
  config: Pick<Config, "dataDir" | "secretKey" | "encryptionSalt">,
): Promise<Secrets> {
  const { secretKey, encryptionSalt } = config;
  if (secretKey !== null && encryptionSalt !== null) return Secrets.from(secretKey, encryptionSalt);
  const file = await readOrCreate(`${config.dataDir}/secrets.json`);
  return Secrets.from(secretKey ?? file.master, encryptionSalt ?? file.salt);
}

async function readOrCreate(path: string): Promise<SecretsFile> {
  const made = { master: randomText(KEY_BYTES), salt: randomText(KEY_BYTES) };
  await Deno.mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const text = JSON.stringify(made, null, 2) + "\n";
    await Deno.writeTextFile(path, text, { createNew: true, mode: 0o600 });
    return made;
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
  return parse(path, await Deno.readTextFile(path));
}

/** The file's content stays out of the message: messages end up in logs. */
function parse(path: string, text: string): SecretsFile {
  try {
    return SecretsFile.parse(JSON.parse(text));
  } catch {
    throw new Error(
      `Cannot read ${path}: it is not a secrets file. Restore it from a backup, or delete it to ` +
        "start with new secrets (everybody must then sign in again).",
    );
  }
}

function randomText(bytes: number): string {
  return crypto.getRandomValues(new Uint8Array(bytes)).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
}
