/** What one receiver has not acknowledged yet, in order and numbered without gaps. */

export interface Letter {
  readonly id: string;
  readonly topic: string;
  readonly body: unknown;
}

export interface NumberedLetter extends Letter {
  readonly seq: number;
  readonly base: number;
}

/** Letters under way to one receiver at once. */
export const WINDOW_LETTERS = 16;
/** Letters kept for one receiver: beyond these the oldest is given up. */
export const MAX_KEPT_LETTERS = 100;

export class Outbox {
  readonly #letters: Letter[] = [];
  /** Number of the oldest letter. */
  #base = 1;
  /** How many of the oldest are under way. */
  #posted = 0;

  get isEmpty(): boolean {
    return this.#letters.length === 0;
  }

  /** @returns the letter that had to be given up for this one */
  push(letter: Letter): Letter | null {
    this.#letters.push(letter);
    return this.#letters.length > MAX_KEPT_LETTERS ? this.#drop(1)[0] ?? null : null;
  }

  /** Those that may be posted now, each once until `rewind`. */
  next(): NumberedLetter[] {
    const until = Math.min(WINDOW_LETTERS, this.#letters.length);
    const letters = this.#letters.slice(this.#posted, until).map((letter, index) => ({
      ...letter,
      seq: this.#base + this.#posted + index,
      base: this.#base,
    }));
    this.#posted = Math.max(this.#posted, until);
    return letters;
  }

  /** Whatever is under way may be lost. */
  rewind(): void {
    this.#posted = 0;
  }

  /** @returns what has arrived by that */
  acknowledge(seq: number): Letter[] {
    // Nobody can have what was never posted.
    return this.#drop(Math.max(0, Math.min(seq - this.#base + 1, this.#posted)));
  }

  /** @returns what was still kept */
  clear(): Letter[] {
    return this.#drop(this.#letters.length);
  }

  #drop(count: number): Letter[] {
    this.#base += count;
    this.#posted = Math.max(0, this.#posted - count);
    return this.#letters.splice(0, count);
  }
}
