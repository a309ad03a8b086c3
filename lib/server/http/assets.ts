/**
 * Static files from `dist/public`: indexed at start, read when first asked for, small ones kept in
 * memory. The build has written `.br` and `.gz` beside everything worth compressing.
 */
import { join } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  jpg: "image/jpeg",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  mp3: "audio/mpeg",
  ogg: "audio/ogg",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
  woff2: "font/woff2",
};

/** Preferred first. */
const ENCODINGS = [{ name: "br", suffix: ".br" }, { name: "gzip", suffix: ".gz" }] as const;
/** Larger files are streamed from disk each time. */
const MAX_CACHED_BYTES = 1024 * 1024;
/** Vite puts a content hash into every name below this path. */
const HASHED = /^\/assets\//;
const IMMUTABLE = "public, max-age=31536000, immutable";
const REVALIDATE = "no-cache";

interface Asset {
  readonly file: string;
  readonly bytes: number;
  readonly type: string;
  readonly etag: string;
  readonly encodings: ReadonlyMap<string, { file: string; bytes: number }>;
}

export class Assets {
  readonly #assets: ReadonlyMap<string, Asset>;
  readonly #cache = new Map<string, Uint8Array<ArrayBuffer>>();

  private constructor(assets: ReadonlyMap<string, Asset>) {
    this.#assets = assets;
  }

  /** Indexes a folder. Names that start with a dot are not served. */
  static async index(folder: string): Promise<Assets> {
    const files = new Map<string, Deno.FileInfo>();
    for await (const [path, info] of walk(folder, "")) files.set(path, info);
    const assets = new Map<string, Asset>();
    for (const [path, info] of files) {
      if (ENCODINGS.some(({ suffix }) => path.endsWith(suffix))) continue;
      const encodings = new Map<string, { file: string; bytes: number }>();
      for (const { name, suffix } of ENCODINGS) {
        const encoded = files.get(path + suffix);
        const entry = { file: join(folder, path + suffix), bytes: encoded?.size ?? 0 };
        if (encoded !== undefined) encodings.set(name, entry);
      }
      assets.set(path, {
        file: join(folder, path),
        bytes: info.size,
        type: TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream",
        etag: `"${info.size.toString(36)}-${(info.mtime?.getTime() ?? 0).toString(36)}"`,
        encodings,
      });
    }
    return new Assets(assets);
  }

  /** Null when there is no such file, or the method is none for files. */
  async serve(req: Request, pathname: string): Promise<Response | null> {
    const asset = this.#assets.get(pathname);
    if (asset === undefined || (req.method !== "GET" && req.method !== "HEAD")) return null;
    const headers = new Headers({
      "content-type": asset.type,
      "cache-control": HASHED.test(pathname) ? IMMUTABLE : REVALIDATE,
      "etag": asset.etag,
      "vary": "accept-encoding",
    });
    if (req.headers.get("if-none-match") === asset.etag) {
      return new Response(null, { status: 304, headers });
    }
    const accepted = req.headers.get("accept-encoding") ?? "";
    const encoding = ENCODINGS.find(({ name }) =>
      accepted.includes(name) && asset.encodings.has(name)
    );
    const source = (encoding && asset.encodings.get(encoding.name)) ?? asset;
    if (encoding !== undefined) headers.set("content-encoding", encoding.name);
    headers.set("content-length", String(source.bytes));
    if (req.method === "HEAD") return new Response(null, { headers });
    return new Response(await this.#body(source), { headers });
  }

  async #body({ file, bytes }: { file: string; bytes: number }): Promise<BodyInit> {
    if (bytes > MAX_CACHED_BYTES) return (await Deno.open(file)).readable;
    let content = this.#cache.get(file);
    if (content === undefined) {
      content = await Deno.readFile(file);
      this.#cache.set(file, content);
    }
    return content;
  }
}

async function* walk(folder: string, path: string): AsyncGenerator<[string, Deno.FileInfo]> {
  for await (const entry of Deno.readDir(join(folder, path))) {
    if (entry.name.startsWith(".")) continue;
    const inner = `${path}/${entry.name}`;
    if (entry.isDirectory) yield* walk(folder, inner);
    else yield [inner, await Deno.stat(join(folder, inner))];
  }
}
