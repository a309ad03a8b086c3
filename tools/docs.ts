/**
 * `deno task docs`: writes what can be derived into the documents. With `--check` nothing is
 * written; a document that differs from what would be written fails.
 */
import * as configuration from "./docs/configuration.ts";
import { replaceGenerated } from "./docs/markdown.ts";
import { permissions } from "./docs/permissions.ts";
import * as protocol from "./docs/protocol.ts";
import { REFERENCE_TEXTS, referenceTexts } from "./docs/reference.ts";
import { roomTable } from "./docs/rooms.ts";
import { ROOT } from "./sources.ts";

const PARTS: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  "README.md": { configuration: configuration.essentialConfiguration },
  "README.ru.md": { configuration: configuration.essentialConfigurationInRussian },
  "docs/architecture.md": { rooms: roomTable },
  "docs/configuration.md": { configuration: configuration.configuration },
  "docs/permissions.md": { permissions },
  "docs/protocol.md": {
    "commands": protocol.commands,
    "command-bounds": protocol.commandBounds,
    "events": protocol.events,
    "error-codes": protocol.errorCodes,
    "close-codes": protocol.closeCodes,
    "limits": protocol.limitTable,
    "rate-limits": protocol.rateLimits,
    "bodies": protocol.bodies,
  },
};

/** What `deno fmt` makes of it: tables get their columns aligned. */
async function formatted(text: string, kind = "md"): Promise<string> {
  const formatter = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--ext", kind, "-"],
    cwd: ROOT,
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = formatter.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { success, stdout } = await formatter.output();
  if (!success) throw new Error("the document could not be formatted");
  return new TextDecoder().decode(stdout);
}

async function documents(): Promise<Map<string, { now: string; wanted: string }>> {
  const all = new Map<string, { now: string; wanted: string }>();
  const read = (path: string) => Deno.readTextFile(new URL(path, ROOT)).catch(() => "");
  for (const [path, parts] of Object.entries(PARTS)) {
    const now = await read(path);
    all.set(path, { now, wanted: await formatted(replaceGenerated(now, parts)) });
  }
  const texts = await formatted(referenceTexts(), "ts");
  all.set(REFERENCE_TEXTS, { now: await read(REFERENCE_TEXTS), wanted: texts });
  all.set("env.example", { now: await read("env.example"), wanted: configuration.envExample() });
  return all;
}

if (import.meta.main) {
  const checkOnly = Deno.args.includes("--check");
  for (const [path, { now, wanted }] of await documents()) {
    if (now === wanted) continue;
    if (checkOnly) {
      console.error(`${path} is out of date: run \`deno task docs\``);
      Deno.exitCode = 1;
    } else {
      await Deno.writeTextFile(new URL(path, ROOT), wanted);
    }
  }
}
