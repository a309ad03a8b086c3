/** Asking again and again for what changes by itself, for as long as somebody looks. */

/**
 * Calls `work` every `everyMs` while the page is visible, and at once when it becomes visible
 * again. The next wait begins when `work` is done, so slow answers never pile up.
 * @returns ends it
 */
export function refreshEvery(everyMs: number, work: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  let running = false;
  const run = async () => {
    clearTimeout(timer);
    if (ended || running || document.hidden) return;
    running = true;
    await work();
    running = false;
    if (!ended) timer = setTimeout(run, everyMs);
  };
  const onVisible = () => void run();
  document.addEventListener("visibilitychange", onVisible);
  timer = setTimeout(run, everyMs);
  return () => {
    ended = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onVisible);
  };
}
