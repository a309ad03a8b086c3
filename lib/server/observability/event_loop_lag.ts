/** How late the event loop is: what a timer measures between when it should run and when it does. */

const SAMPLE_MS = 500;
/** The worst of this many samples is told: ten seconds. */
const KEPT_SAMPLES = 20;

export interface LagMeter {
  /** Milliseconds, the worst of the last ten seconds. */
  worstMs(): number;
  stop(): void;
}

export function startLagMeter(): LagMeter {
  const samples: number[] = [];
  let expected = performance.now() + SAMPLE_MS;
  const timer = setInterval(() => {
    const now = performance.now();
    samples.push(Math.max(0, now - expected));
    if (samples.length > KEPT_SAMPLES) samples.shift();
    expected = now + SAMPLE_MS;
  }, SAMPLE_MS);
  Deno.unrefTimer(timer);
  return {
    worstMs: () => Math.max(0, ...samples),
    stop: () => clearInterval(timer),
  };
}
