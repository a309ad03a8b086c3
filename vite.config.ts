import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import { fresh } from "fresh/vite";
import { defineConfig } from "vite";
import { clientBundleGuard } from "./tools/client_bundle_guard.ts";
import { freshRenderFixes } from "./tools/fresh_render_fixes.ts";

/**
 * Fresh generates type files whose middleware imports lack the `.ts` that Deno requires.
 */
async function writeGeneratedFile(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content.replaceAll(/(\$_middleware)(?=["'])/g, "$1.ts"));
}

export default defineConfig({
  plugins: [
    fresh({ writeFile: writeGeneratedFile }),
    tailwindcss(),
    freshRenderFixes(),
    clientBundleGuard(),
  ],
  publicDir: "static",
  build: { rolldownOptions: { checks: { pluginTimings: false } } },
  // Nitro's Vite plugin reads this key; Vite's own types do not know it.
  ...{
    nitro: {
      preset: "standard",
      output: { dir: "dist" },
      // Nitro takes over from `publicDir`, which it would look for in `public/`.
      publicAssets: [{ dir: "static" }],
      logLevel: 1,
    },
  },
});
