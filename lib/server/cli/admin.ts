/** `admin …`: accounts of administrators, and the server's keys. Works while the server runs. */
import { AdminName, AdminPassword } from "../../shared/protocol/admin.ts";
import { MIN_ADMIN_PASSWORD_CHARS } from "../../shared/protocol/limits.ts";
import { generatePassword } from "../auth/access_password.ts";
import { rotateSecrets } from "../auth/secrets.ts";
import type { Config } from "../config.ts";
import type { AdminAccounts } from "../services/admin_accounts.ts";
import type { AuditService } from "../services/audit.ts";
import { EXIT } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

export const ADMIN_USAGE = `  admin create NAME [--generate]        make an account for /admin
  admin list                            names of all accounts
  admin set-password NAME [--generate]  ends the sign-ins of this account
  admin remove NAME                     ends them, and the account
  admin rotate-keys [--forget-old]      sign with new keys from the next start on

The password is asked for, or read from the first line of standard input; with --generate one is
made and printed. --forget-old signs everybody out and makes all guest links void.`;

export interface AdminTools {
  config: Config;
  terminal: Terminal;
  clock: () => number;
  /** Opens the database. */
  accounts: () => Promise<{ accounts: AdminAccounts; audit: AuditService }>;
}

/** Said to the person, with exit code 1. */
class Refusal extends Error {}

type Command = (name: string, options: ReadonlySet<string>, tools: AdminTools) => Promise<string>;

interface Entry {
  run: Command;
  named: boolean;
  options: readonly string[];
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  "create": { run: create, named: true, options: ["--generate"] },
  "list": { run: list, named: false, options: [] },
  "set-password": { run: setPassword, named: true, options: ["--generate"] },
  "remove": { run: remove, named: true, options: [] },
  "rotate-keys": { run: rotateKeys, named: false, options: ["--forget-old"] },
};

/** @returns the exit code */
export async function runAdmin(args: readonly string[], tools: AdminTools): Promise<number> {
  const { terminal } = tools;
  const [word = "", ...rest] = args;
  const command = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  const options = rest.filter((each) => each.startsWith("--"));
  const names = rest.filter((each) => !each.startsWith("--"));
  if (
    command === undefined || names.length !== (command.named ? 1 : 0) ||
    options.some((option) => !command.options.includes(option))
  ) {
    terminal.complain(ADMIN_USAGE);
    return EXIT.misuse;
  }
  try {
    const name = command.named ? nameFrom(names[0]!) : "";
    terminal.say(await command.run(name, new Set(options), tools));
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    terminal.complain(error.message);
    return EXIT.failed;
  }
}

async function create(name: string, options: ReadonlySet<string>, tools: AdminTools) {
  const { accounts } = await tools.accounts();
  const taken = new Refusal(`There is an account "${name}" already.`);
  // Before the password is asked for: nobody likes to type one for nothing.
  if ((await accounts.list()).some(({ username }) => username === name)) throw taken;
  const { password, words } = await choose(options, tools);
  if (!await accounts.create(name, password)) throw taken;
  return `Account "${name}" is made; sign in at /admin.${words}`;
}

async function setPassword(name: string, options: ReadonlySet<string>, tools: AdminTools) {
  const { accounts } = await tools.accounts();
  const unknown = new Refusal(`There is no account "${name}".`);
  if ((await accounts.list()).every(({ username }) => username !== name)) throw unknown;
  const { password, words } = await choose(options, tools);
  if (!await accounts.setPassword(name, password)) throw unknown;
  return `The password of "${name}" is changed.${words}`;
}

async function remove(name: string, _options: ReadonlySet<string>, tools: AdminTools) {
  const { accounts } = await tools.accounts();
  if (!await accounts.remove(name)) throw new Refusal(`There is no account "${name}".`);
  return `Account "${name}" is removed.`;
}

async function list(_name: string, _options: ReadonlySet<string>, tools: AdminTools) {
  const { accounts } = await tools.accounts();
  const all = await accounts.list();
  if (all.length === 0) return "There is no account yet.";
  return all.map(({ username, created_at }) => `${username}\t${created_at}`).join("\n");
}

async function rotateKeys(_name: string, options: ReadonlySet<string>, tools: AdminTools) {
  const { config, clock } = tools;
  const forgetPrevious = options.has("--forget-old");
  const { previous } = await rotateSecrets(config, { now: clock(), forgetPrevious });
  const { audit } = await tools.accounts();
  await audit.record({
    action: "keys_rotated",
    actor: { kind: "cli", name: "" },
    target: { kind: "server", id: "keys", name: "" },
    details: { forget_old: forgetPrevious },
  });
  const effect = previous === 0
    ? "Everybody must then sign in again, and guest links are void."
    : "What was signed before stays valid until it expires.";
  return `New keys are written. A running server takes them when it is restarted. ${effect}`;
}

function nameFrom(text: string): string {
  const name = AdminName.safeParse(text);
  if (name.success) return name.data;
  throw new Refusal("A name has letters, digits and . _ @ - only, at most 64 of them.");
}

async function choose(options: ReadonlySet<string>, { terminal }: AdminTools) {
  if (options.has("--generate")) {
    const password = generatePassword();
    return { password, words: `\nPassword: ${password}\nIt is shown only this once.` };
  }
  const typed = await terminal.secret("Password: ");
  if (typed === null) throw new Refusal("No password was given; nothing was changed.");
  const password = AdminPassword.safeParse(typed);
  if (!password.success) {
    throw new Refusal(`A password has at least ${MIN_ADMIN_PASSWORD_CHARS} characters.`);
  }
  if (terminal.isInteractive && await terminal.secret("Once more: ") !== typed) {
    throw new Refusal("The two are not the same; nothing was changed.");
  }
  return { password: password.data, words: "" };
}
