/** Exit codes: done, could not be done, not understood. */
export const EXIT = { done: 0, failed: 1, misuse: 2 } as const;
