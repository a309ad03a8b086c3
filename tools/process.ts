/** Running other programs from the tools: same Deno, same terminal, signals passed on. */
import { ROOT } from "./sources.ts";

export interface RunOptions {
  readonly env?: Record<string, string>;
  /** Standard output says nothing worth reading; problems still come through standard error. */
  readonly quiet?: boolean;
}

/** Runs this very Deno in the project; resolves to its exit code. */
export async function runDeno(args: readonly string[], { env = {}, quiet }: RunOptions = {}) {
  const stdout = quiet ? "null" : "inherit";
  const command = new Deno.Command(Deno.execPath(), { args: [...args], cwd: ROOT, env, stdout });
  return (await command.spawn().status).code;
}

/** The same, where failing means that there is no point in going on. */
export async function requireDeno(args: readonly string[], options?: RunOptions) {
  const code = await runDeno(args, options);
  if (code !== 0) Deno.exit(code);
}

/**
 * Passes SIGINT and SIGTERM on to the child until the returned object is disposed. A terminal
 * sends Ctrl-C to the whole group by itself, so a second SIGINT is not made up there.
 */
export function forwardSignals(child: Deno.ChildProcess): Disposable {
  const forward = (signal: Deno.Signal) => () => {
    if (signal === "SIGINT" && Deno.stdin.isTerminal()) return;
    try {
      child.kill(signal);
    } catch (error) {
      // It ended by itself a moment ago: its exit code is already on the way.
      if (!(error instanceof TypeError)) throw error;
    }
  };
  const listeners = (["SIGINT", "SIGTERM"] as const).map((signal) =>
    [signal, forward(signal)] as const
  );
  for (const [signal, listener] of listeners) Deno.addSignalListener(signal, listener);
  return {
    [Symbol.dispose]() {
      for (const [signal, listener] of listeners) Deno.removeSignalListener(signal, listener);
    },
  };
}
