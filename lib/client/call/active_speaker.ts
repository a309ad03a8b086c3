/** Who speaks: the loudest for a while, with enough inertia that the frame does not flicker. */

/** Level (0 to 1) that counts as speech; rooms hum below it. */
export const SPEECH_LEVEL = 0.35;
/** A new speaker must be this much louder than the present one to take over at once. */
const TAKE_OVER = 0.15;
/** The speaker keeps the floor this long after the last word. */
const HOLD_MS = 1_500;

export class ActiveSpeaker {
  #current: number | null = null;
  #spokeAtMs = 0;

  /**
   * @param levels participant_id → level, 0 to 1
   * @returns participant_id of the speaker; null when nobody has spoken for a while
   */
  update(levels: Iterable<readonly [number, number]>, nowMs: number): number | null {
    let loudest: number | null = null;
    let loudestLevel = SPEECH_LEVEL;
    let currentLevel = 0;
    for (const [id, level] of levels) {
      if (id === this.#current) currentLevel = level;
      if (level > loudestLevel) [loudest, loudestLevel] = [id, level];
    }
    if (currentLevel >= SPEECH_LEVEL) this.#spokeAtMs = nowMs;
    const floorFree = nowMs - this.#spokeAtMs > HOLD_MS;
    if (loudest !== null && (floorFree || loudestLevel > currentLevel + TAKE_OVER)) {
      this.#current = loudest;
      this.#spokeAtMs = nowMs;
    } else if (floorFree) {
      this.#current = null;
    }
    return this.#current;
  }
}
