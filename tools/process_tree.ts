/** Ends a process together with everything it started: browsers must not outlive a test run. */

/** Parent by process id, from `/proc`; empty where there is none. */
function parents(): Map<number, number> {
  const found = new Map<number, number>();
  try {
    for (const { name } of Deno.readDirSync("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      const parent = parentOf(name);
      if (parent !== null) found.set(Number(name), parent);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found;
}

function parentOf(pid: string): number | null {
  try {
    // The second field is the name in parentheses, which may itself hold blanks and parentheses.
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return null; // it ended while we looked
  }
}

export function descendants(pid: number): number[] {
  const parent = parents();
  const below: number[] = [];
  let level = [pid];
  while (level.length > 0) {
    level = [...parent].filter(([, above]) => level.includes(above)).map(([child]) => child);
    below.push(...level);
  }
  return below;
}

/** From the top down: a parent that sees its child go might do something about it. */
export function killTree(pid: number): void {
  for (const target of [pid, ...descendants(pid)]) {
    try {
      Deno.kill(target, "SIGKILL");
    } catch {
      // It ended with its parent.
    }
  }
}
