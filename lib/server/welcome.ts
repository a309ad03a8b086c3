/** The few lines a person reads in the terminal when the server is up. */
import { basename } from "node:path";
import type { Config } from "./config.ts";
import type { Log } from "./observability/log.ts";

export interface Welcome {
  config: Config;
  /** The port that was really taken. */
  port: number;
  /** Shown once: it is stored hashed only. */
  generatedPassword: string | null;
  /** False: the way to make an administrator is shown. */
  hasAdmin: boolean;
  bootId: string;
  log: Log;
}

const EVERY_ADDRESS: ReadonlySet<string> = new Set(["0.0.0.0", "::", ""]);

export function welcome(facts: Welcome): void {
  const { config, port, generatedPassword, hasAdmin, bootId, log } = facts;
  const scheme = config.tls === null ? "http" : "https";
  const host = EVERY_ADDRESS.has(config.host) ? "localhost" : config.host;
  const origin = config.publicOrigin ?? `${scheme}://${host}:${port}`;
  log.write({ event: "server_started", origin, boot_id: bootId });
  const lines = ["", `  Open ${origin}`];
  if (generatedPassword !== null) {
    lines.push(
      `  Access password: ${generatedPassword}`,
      "  It is shown only this once; set ACCESS_PASSWORD to choose your own.",
    );
  }
  if (!hasAdmin) {
    lines.push(
      "  Nobody can administer the server yet. To make an account, also while it runs:",
      `    ${commandLine()}admin create NAME`,
    );
  }
  Deno.stdout.writeSync(new TextEncoder().encode(lines.join("\n") + "\n\n"));
}

/** How this very program is called: as one executable, from its sources, or in ways of one's own. */
function commandLine(): string {
  if (Deno.build.standalone) return `${Deno.execPath()} `;
  const isBuiltHere = basename(import.meta.dirname ?? "") === "dist";
  if (isBuiltHere) return `npx -y deno@${Deno.version.deno} task start `;
  return "start this program once more with the words: ";
}
