/** A part of a file as a stream, read as fast as it is taken. */

const CHUNK_BYTES = 64 * 1024;

export interface Slice {
  /** First byte. */
  readonly start: number;
  /** Number of bytes. */
  readonly bytes: number;
}

/** The file is closed when all is read, or when nobody wants the rest. */
export async function openSlice(
  file: string,
  { start, bytes }: Slice,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const open = await Deno.open(file);
  await open.seek(start, Deno.SeekMode.Start);
  let left = bytes;
  return new ReadableStream({
    async pull(controller) {
      const buffer = new Uint8Array(Math.min(CHUNK_BYTES, left));
      const count = left === 0 ? null : await open.read(buffer).catch((error) => {
        open.close();
        throw error;
      });
      if (count === null) {
        open.close();
        return controller.close();
      }
      left -= count;
      controller.enqueue(buffer.subarray(0, count));
    },
    cancel: () => open.close(),
  }, { highWaterMark: 0 });
}
