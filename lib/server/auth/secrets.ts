/**
 * The server's own secret: made at first start, kept in a file only its owner reads, never logged.
 * Keys for every purpose are derived from it (HKDF, RFC 5869), so none can stand in for another.
 * After a rotation the secrets before still verify what they signed, and sign nothing any more.
 */
import { dirname } from "node:path";
import { z } from "zod";
import type { Config } from "../config.ts";
import { BROWSER_TOKEN_SECONDS } from "./lifetimes.ts";

export type KeyPurpose =
  | "session"
  | "participant"
  | "guest_link"
  | "browser"
  | "browser_identity"
  | "admin";

const Pair = z.object({ master: z.string().min(32), salt: z.string().min(16) });

const SecretsFile = Pair.extend({
  /** Newest first. */
  previous: z.array(Pair.extend({ retired_at: z.iso.datetime() })).default([]),
});
type SecretsFile = z.infer<typeof SecretsFile>;

const KEY_BYTES = 32;
const MAX_PREVIOUS = 8;

/** Derives keys; the secret itself stays inside. */
export class Secrets {
  readonly #generations: readonly Generation[];

  private constructor(generations: readonly Generation[]) {
    this.#generations = generations;
  }

  /** @param previous secrets that still verify */
  static async from(
    master: string,
    salt: string,
    previous: readonly { master: string; salt: string }[] = [],
  ): Promise<Secrets> {
    const pairs = [{ master, salt }, ...previous];
    return new Secrets(await Promise.all(pairs.map((pair) => Generation.from(pair))));
  }

  /** For signing: 32 bytes, the same for the same purpose on every start. */
  key(purpose: KeyPurpose): Promise<Uint8Array> {
    return this.#generations[0]!.key(purpose);
  }

  /** For verifying: the present key first, then those before it. */
  keys(purpose: KeyPurpose): Promise<Uint8Array[]> {
    return Promise.all(this.#generations.map((generation) => generation.key(purpose)));
  }
}

class Generation {
  readonly #master: CryptoKey;
  readonly #salt: Uint8Array<ArrayBuffer>;
  readonly #derived = new Map<KeyPurpose, Promise<Uint8Array>>();

  private constructor(master: CryptoKey, salt: Uint8Array<ArrayBuffer>) {
    this.#master = master;
    this.#salt = salt;
  }

  static async from({ master, salt }: { master: string; salt: string }): Promise<Generation> {
    const bytes = new TextEncoder().encode(master);
    const key = await crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveBits"]);
    return new Generation(key, new TextEncoder().encode(salt));
  }

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

type Origin = Pick<Config, "dataDir" | "secretKey" | "encryptionSalt">;

/** From the environment, else from `DATA_DIR/secrets.json`, which is made when it is missing. */
export async function loadSecrets(config: Origin): Promise<Secrets> {
  const { secretKey, encryptionSalt } = config;
  if (secretKey !== null && encryptionSalt !== null) return Secrets.from(secretKey, encryptionSalt);
  const file = await readOrCreate(pathOf(config));
  const salted = file.previous.map(({ master, salt }) => ({
    master,
    salt: encryptionSalt ?? salt,
  }));
  const previous = secretKey === null ? salted : [];
  return Secrets.from(secretKey ?? file.master, encryptionSalt ?? file.salt, previous);
}

export interface Rotation {
  /** Milliseconds since the epoch. */
  now: number;
  /** What was signed before is void at once: for secrets that somebody else may have seen. */
  forgetPrevious: boolean;
}

/**
 * Puts new secrets into `DATA_DIR/secrets.json`; a running server takes them at its next start.
 * @throws Error when the environment decides, not the file
 */
export async function rotateSecrets(
  config: Origin,
  { now, forgetPrevious }: Rotation,
): Promise<{ previous: number }> {
  if (config.secretKey !== null) {
    throw new Error("Cannot rotate: the keys come from SECRET_KEY. Change it there and restart.");
  }
  const path = pathOf(config);
  const { master, salt, previous } = await readOrCreate(path);
  const retired = { master, salt, retired_at: new Date(now).toISOString() };
  const oldest = now - BROWSER_TOKEN_SECONDS * 1000;
  const kept = [retired, ...previous]
    .filter(({ retired_at }) => !forgetPrevious && Date.parse(retired_at) > oldest)
    .slice(0, MAX_PREVIOUS);
  await replace(path, { ...makePair(), previous: kept });
  return { previous: kept.length };
}

function pathOf({ dataDir }: Origin): string {
  return `${dataDir}/secrets.json`;
}

function makePair(): { master: string; salt: string } {
  return { master: randomText(KEY_BYTES), salt: randomText(KEY_BYTES) };
}

async function readOrCreate(path: string): Promise<SecretsFile> {
  const made = { ...makePair(), previous: [] };
  await Deno.mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await Deno.writeTextFile(path, textOf(made), { createNew: true, mode: 0o600 });
    return made;
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
  return parse(path, await Deno.readTextFile(path));
}

/** By renaming, so that nobody ever reads half a file and a full disk loses nothing. */
async function replace(path: string, content: SecretsFile): Promise<void> {
  const beside = `${path}.new`;
  using file = await Deno.open(beside, { write: true, create: true, truncate: true, mode: 0o600 });
  const bytes = new TextEncoder().encode(textOf(content));
  for (let written = 0; written < bytes.length;) {
    written += await file.write(bytes.subarray(written));
  }
  await file.sync();
  await Deno.rename(beside, path);
}

function textOf(content: SecretsFile): string {
  return JSON.stringify(content, null, 2) + "\n";
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
