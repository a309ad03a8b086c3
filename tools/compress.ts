/** Compresses the browser's files at build time, as hard as it goes, so that serving costs nothing. */
import { promisify } from "node:util";
import * as zlib from "node:zlib";
import { filesBelow, ROOT } from "./sources.ts";

const WORTH_IT = /\.(css|html|js|json|svg|txt|wasm|webmanifest)$/;
/** Below this the headers of the answer weigh more than what is saved. */
const MIN_BYTES = 512;

const ENCODERS = {
  ".br": (content: Uint8Array) =>
    promisify(zlib.brotliCompress)(content, {
      params: {
        [zlib.constants.BROTLI_PARAM_QUALITY]: zlib.constants.BROTLI_MAX_QUALITY,
        [zlib.constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
  ".gz": (content: Uint8Array) =>
    promisify(zlib.gzip)(content, { level: zlib.constants.Z_BEST_COMPRESSION }),
};

/** Writes `.br` and `.gz` beside every file below `folder` that gets smaller by it. */
export async function compressFiles(folder: string): Promise<void> {
  for (const path of await Array.fromAsync(filesBelow(folder))) {
    if (!WORTH_IT.test(path)) continue;
    const content = await Deno.readFile(new URL(path, ROOT));
    if (content.length < MIN_BYTES) continue;
    for (const [suffix, encode] of Object.entries(ENCODERS)) {
      const encoded = await encode(content);
      if (encoded.length >= content.length) continue;
      await Deno.writeFile(new URL(path + suffix, ROOT), new Uint8Array(encoded));
    }
  }
}
