/** Which request led to what happens now: follows every `await`, so log lines can name it. */
import { AsyncLocalStorage } from "node:async_hooks";

const scope = new AsyncLocalStorage<string>();

/** Everything that `job` does, also later, belongs to this request. */
export function inRequest<T>(requestId: string, job: () => T): T {
  return scope.run(requestId, job);
}

/** Undefined outside of requests: timers, sockets, start and stop. */
export function currentRequestId(): string | undefined {
  return scope.getStore();
}
