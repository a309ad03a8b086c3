/**
 * Keeps the server out of the browser: the build fails when a module that has no business there
 * ends up in a client chunk, however it was imported.
 */
import type { Plugin } from "vite";

interface Ban {
  readonly module: RegExp;
  readonly why: string;
}

const BANS: readonly Ban[] = [
  { module: /\/lib\/server\//, why: "lib/server runs on the server only" },
  { module: /\/routes\/.*\.ts$/, why: "API routes run on the server only" },
  {
    module: /\/node_modules\/zod\//,
    why: "schemas are for the server; the browser imports types and the constants beside them",
  },
  { module: /\/node_modules\/jose\//, why: "tokens are made and read by the server only" },
];

/** Why a module must not reach the browser; undefined when it may. */
export function banOn(moduleId: string): string | undefined {
  const path = moduleId.replaceAll("\\", "/");
  return BANS.find(({ module }) => module.test(path))?.why;
}

/** The modules that first step into banned ground on the way to `id`. */
function culprits(id: string, importersOf: (id: string) => readonly string[]): string[] {
  const seen = new Set<string>();
  const found = new Set<string>();
  const queue = [id];
  for (let module = queue.pop(); module !== undefined; module = queue.pop()) {
    if (seen.has(module)) continue;
    seen.add(module);
    if (banOn(module) === undefined) found.add(module);
    else queue.push(...importersOf(module));
  }
  return [...found].sort();
}

export function clientBundleGuard(): Plugin {
  return {
    name: "client-bundle-guard",
    apply: "build",
    applyToEnvironment: (environment) => environment.name === "client",
    generateBundle(_options, bundle) {
      const problems = new Map<string, string[]>();
      const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
      for (const id of chunks.flatMap((chunk) => chunk.moduleIds)) {
        const why = banOn(id);
        if (why === undefined || problems.has(why)) continue;
        problems.set(
          why,
          culprits(id, (module) => {
            const info = this.getModuleInfo(module);
            return [...info?.importers ?? [], ...info?.dynamicImporters ?? []];
          }),
        );
      }
      if (problems.size === 0) return;
      const lines = [...problems].map(([why, modules]) => `${why}: ${modules.join(", ")}`);
      this.error(`banned modules reached the browser's bundle:\n  ${lines.join("\n  ")}`);
    },
  };
}
