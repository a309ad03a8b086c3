/**
 * Bundles the first script of a room's page, `lib/client/entry/room.ts`, into the text that the
 * server writes into the page: a file of its own would wait for its turn behind the page's styles.
 */
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import type { Plugin } from "vite";

const ENTRY = fileURLToPath(new URL("../lib/client/entry/room.ts", import.meta.url));
const READER = /\/lib\/server\/http\/room_entry\.ts$/;

async function bundle(): Promise<string> {
  const built = await rolldown({ input: ENTRY, platform: "browser" });
  const { output } = await built.generate({ format: "iife", minify: true });
  await built.close();
  const code = output[0].code.trim();
  if (code.includes("</script")) throw new Error("the first script would end itself");
  return code;
}

export function roomEntry(): Plugin {
  return {
    name: "room-entry",
    enforce: "pre",
    async load(id) {
      if (!READER.test(id)) return null;
      return `export const ROOM_ENTRY = ${JSON.stringify(await bundle())};`;
    },
  };
}
