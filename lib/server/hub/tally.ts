/** Counts holders by key, up to a limit each; forgets keys that nobody holds. */
export class Tally {
  readonly #counts = new Map<string, number>();

  constructor(private readonly limit: number) {}

  /** False when the key is at its limit. */
  take(key: string): boolean {
    const count = this.#counts.get(key) ?? 0;
    if (count >= this.limit) return false;
    this.#counts.set(key, count + 1);
    return true;
  }

  give(key: string): void {
    const count = this.#counts.get(key) ?? 0;
    if (count <= 1) this.#counts.delete(key);
    else this.#counts.set(key, count - 1);
  }
}
