/**
 * Recordings on disk: `room_<id>/recording_<when>.mp4` with `…_thumb.jpg`, and beside them what has
 * come so far of those on their way (`.part`). All names are the server's own.
 */
import { statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { UploadKind } from "../../shared/protocol/recordings.ts";

const ENDINGS = { video: ".mp4", thumbnail: "_thumb.jpg" } as const satisfies Record<
  UploadKind,
  string
>;
const PART = ".part";
/** Readable for whom the server runs as, and nobody else. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** Which recording. */
export interface Place {
  readonly room_id: number;
  readonly name: string;
}

export class RecordingFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  fileOf({ room_id, name }: Place, kind: UploadKind): string {
    return join(this.#folder, `room_${room_id}`, name + ENDINGS[kind]);
  }

  partOf({ room_id, name }: Place, uploadId: string): string {
    return join(this.#folder, `room_${room_id}`, `${name}.${uploadId}${PART}`);
  }

  /** Makes the empty part. */
  async begin(place: Place, uploadId: string): Promise<void> {
    const part = this.partOf(place, uploadId);
    await Deno.mkdir(dirname(part), { recursive: true, mode: FOLDER_MODE });
    const options = { write: true, createNew: true, mode: FILE_MODE };
    using _file = await Deno.open(part, options);
  }

  /** Null: there is no such file. */
  async bytesOf(file: string): Promise<number | null> {
    return await unlessMissing(async () => (await Deno.stat(file)).size);
  }

  /** Milliseconds since the epoch; 0 when there is no such file. */
  async changedAt(file: string): Promise<number> {
    const info = await unlessMissing(() => Deno.stat(file));
    return info?.mtime?.getTime() ?? 0;
  }

  /**
   * The part becomes the file, and stays it whatever happens to the machine.
   * @returns false when there is no such part
   */
  async finish(place: Place, kind: UploadKind, uploadId: string): Promise<boolean> {
    const file = this.fileOf(place, kind);
    const isThere = await unlessMissing(async () => {
      await Deno.rename(this.partOf(place, uploadId), file);
      return true;
    });
    if (isThere === null) return false;
    using folder = await Deno.open(dirname(file));
    await folder.sync();
    return true;
  }

  /** Gone is gone: it is no mistake to remove what is not there. */
  async remove(file: string): Promise<void> {
    await unlessMissing(() => Deno.remove(file));
  }

  /** Everything of one recording; its folder too when it was the last. */
  async removeAll(place: Place): Promise<void> {
    const folder = dirname(this.fileOf(place, "video"));
    const isOfIt = (name: string) =>
      name.startsWith(`${place.name}.`) ||
      name === place.name + ENDINGS.thumbnail;
    const names = await unlessMissing(() => Array.fromAsync(Deno.readDir(folder))) ?? [];
    const own = names.filter(({ name }) => isOfIt(name));
    for (const { name } of own) await this.remove(join(folder, name));
    if (own.length > 0 && own.length === names.length) await this.#removeEmpty(folder);
  }

  /** Bytes of all files. */
  async usedBytes(): Promise<number> {
    let sum = 0;
    for await (const file of this.#files()) sum += await this.bytesOf(file) ?? 0;
    return sum;
  }

  /** Of the disk they lie on. */
  async freeBytes(): Promise<number> {
    await Deno.mkdir(this.#folder, { recursive: true, mode: FOLDER_MODE });
    const { bavail, bsize } = await statfs(this.#folder);
    return bavail * bsize;
  }

  /**
   * Removes parts that nobody knows of and that nothing was added to since then.
   * @param before milliseconds since the epoch
   * @returns how many
   */
  async sweep(known: ReadonlySet<string>, before: number): Promise<number> {
    let removed = 0;
    for await (const file of this.#files()) {
      if (!file.endsWith(PART) || known.has(file)) continue;
      const info = await unlessMissing(() => Deno.stat(file));
      if (info === null || (info.mtime?.getTime() ?? 0) >= before) continue;
      await this.remove(file);
      removed++;
    }
    return removed;
  }

  async *#files(): AsyncGenerator<string> {
    const rooms = await unlessMissing(() => Array.fromAsync(Deno.readDir(this.#folder))) ?? [];
    for (const room of rooms.filter(({ isDirectory }) => isDirectory)) {
      const folder = join(this.#folder, room.name);
      const entries = await unlessMissing(() => Array.fromAsync(Deno.readDir(folder))) ?? [];
      for (const { name, isFile } of entries) if (isFile) yield join(folder, name);
    }
  }

  /** An upload may have begun in it since it was looked at. */
  async #removeEmpty(folder: string): Promise<void> {
    try {
      await Deno.remove(folder);
    } catch (error) {
      if (!isOfDisk(error, "ENOTEMPTY") && !(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

/** Whether the disk said this, as in `ENOSPC`. */
export function isOfDisk(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

async function unlessMissing<T>(job: () => Promise<T>): Promise<T | null> {
  try {
    return await job();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
