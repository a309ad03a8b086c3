/** The few lines a person reads in the terminal when the server is up. */
import type { Config } from "./config.ts";
import type { Log } from "./observability/log.ts";

export interface Welcome {
  config: Config;
  /** The port that was really taken. */
  port: number;
  /** Shown once: it is stored hashed only. */
  generatedPassword: string | null;
  bootId: string;
  log: Log;
}

const EVERY_ADDRESS: ReadonlySet<string> = new Set(["0.0.0.0", "::", ""]);

export function welcome({ config, port, generatedPassword, bootId, log }: Welcome): void {
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
  Deno.stdout.writeSync(new TextEncoder().encode(lines.join("\n") + "\n\n"));
}
