import { dirname } from "node:path";

/** Copies one file, making the directories on the way. */
export async function copy(from: URL, to: string): Promise<void> {
  await Deno.mkdir(dirname(to), { recursive: true });
  await Deno.copyFile(from, to);
}
