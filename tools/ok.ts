/**
 * `deno task ok`: everything that must hold before a change goes in, in the order of what is
 * cheapest to find out. Stops at the first stage that fails.
 */
import { runDeno } from "./process.ts";
import { install } from "./start.ts";

const STAGES: Readonly<Record<string, readonly string[]>> = {
  "format": ["fmt", "--check", "--quiet"],
  "lint": ["lint", "--quiet"],
  "types": ["run", "-A", "tools/check.ts"],
  "documents": ["run", "-A", "tools/docs.ts", "--check"],
  "words": ["run", "-A", "tools/i18n_check.ts"],
  "binary": ["run", "-A", "tools/compile.ts", "--check-only"],
  "tests": ["run", "-A", "tools/test.ts"],
};

async function passes(name: string, args: readonly string[]): Promise<boolean> {
  const started = performance.now();
  const passed = await runDeno(args) === 0;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${passed ? "ok  " : "FAIL"} ${name} (${seconds} s)`);
  return passed;
}

if (import.meta.main) {
  await install();
  for (const [name, args] of Object.entries(STAGES)) {
    if (await passes(name, args)) continue;
    Deno.exitCode = 1;
    break;
  }
}
