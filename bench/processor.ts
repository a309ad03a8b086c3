/** Processor time of a program with everything it started. */
import { descendants } from "../tools/process_tree.ts";

/** Ticks of `/proc/<pid>/stat` in a second, on every Linux there is. */
const TICKS_PER_SECOND = 100;

/** Seconds of processor time so far. Linux only. */
export function processorSeconds(pid: number): number {
  let ticks = 0;
  for (const each of [pid, ...descendants(pid)]) {
    try {
      const stat = Deno.readTextFileSync(`/proc/${each}/stat`);
      // After the name in parentheses: user and system time are fields 14 and 15 of all.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error; // it ended meanwhile
    }
  }
  return ticks / TICKS_PER_SECOND;
}
