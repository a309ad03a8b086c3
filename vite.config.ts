import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import { fresh } from "fresh/vite";
import { defineConfig } from "vite";
import { clientBundleGuard } from "./tools/client_bundle_guard.ts";
import { freshRenderFixes } from "./tools/fresh_render_fixes.ts";
import { roomEntry } from "./tools/room_entry.ts";

/**
 * Fresh generates type files whose middleware imports lack the `.ts` that Deno requires.
 */
async function writeGeneratedFile(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content.replaceAll(/(\$_middleware)(?=["'])/g, "$1.ts"));
}

/**
 * What every page needs, in one file: a dozen small ones cost a page more time than their bytes.
 * Modules that only one island uses stay with it.
 */
const BASE = {
  name: "base",
  test:
    /node_modules\/(@?preact|lucide-preact)|lib\/shared\/i18n|components\/ui|lib\/client\/(api|util)/,
  minShareCount: 2,
};

export default defineConfig({
  plugins: [
    fresh({ writeFile: writeGeneratedFile }),
    tailwindcss(),
    freshRenderFixes(),
    clientBundleGuard(),
    roomEntry(),
  ],
  publicDir: "static",
  environments: {
    client: { build: { rolldownOptions: { output: { codeSplitting: { groups: [BASE] } } } } },
  },
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
