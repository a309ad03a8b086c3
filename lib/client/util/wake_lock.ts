/** A phone must not fall asleep while its owner listens. */

/** Keeps the screen on until the returned function is called. */
export function keepAwake(): () => void {
  const lifetime = new AbortController();
  let lock: WakeLockSentinel | null = null;
  const request = async () => {
    if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    try {
      lock = await navigator.wakeLock.request("screen");
    } catch {
      // Refused, as with a low battery: the system knows better.
      return;
    }
    if (lifetime.signal.aborted) await lock.release();
  };
  // The system releases the lock with every look at another tab.
  document.addEventListener("visibilitychange", () => void request(), lifetime);
  void request();
  return () => {
    lifetime.abort();
    void lock?.release();
  };
}
