/** The command line: what the program does when it is given words. */
import type { Config } from "../config.ts";
import { createLog } from "../observability/log.ts";
import { AdminAccounts } from "../services/admin_accounts.ts";
import { AuditService } from "../services/audit.ts";
import { Ids } from "../store/ids.ts";
import { openKv } from "../store/kv.ts";
import { ADMIN_USAGE, type AdminTools, runAdmin } from "./admin.ts";
import { EXIT } from "./exit.ts";
import { Patience } from "../store/patience.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

/** A running server shares the database; it never holds it for long. */
const BUSY_LIMIT_MS = 15_000;

const USAGE = `Without words the server starts. Otherwise:

${ADMIN_USAGE}`;

/**
 * @param config asked for only when there is something to do
 * @returns the exit code; null when the server is to start
 */
export async function runCli(
  args: readonly string[],
  config: () => Config,
  terminal: Terminal = processTerminal,
): Promise<number | null> {
  const [word, ...rest] = args;
  if (word === undefined || word === "serve") return null;
  if (word === "help" || word === "--help" || word === "-h") {
    terminal.say(USAGE);
    return EXIT.done;
  }
  if (word !== "admin") {
    terminal.complain(`Unknown: ${word}\n\n${USAGE}`);
    return EXIT.misuse;
  }
  return await withTools(config(), terminal, (tools) => runAdmin(rest, tools));
}

/** The database is opened when it is first needed, and always closed. */
async function withTools(
  config: Config,
  terminal: Terminal,
  job: (tools: AdminTools) => Promise<number>,
): Promise<number> {
  const patience = new Patience(BUSY_LIMIT_MS);
  const clock = Date.now;
  let kv: Deno.Kv | undefined;
  const log = createLog({ level: "warn", sink: (line) => terminal.complain(line.trimEnd()) });
  const accounts = async () => {
    kv ??= patience.kv(await patience.wait(() => openKv(config.kvPath)));
    const audit = new AuditService({ kv, log, clock });
    return { audit, accounts: new AdminAccounts({ kv, clock, audit, ids: new Ids(kv) }) };
  };
  try {
    return await job({ config, terminal, clock, accounts });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    terminal.complain(error.message);
    return EXIT.failed;
  } finally {
    kv?.close();
  }
}
