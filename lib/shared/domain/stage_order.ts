/** Who stands where when not all fit on one page: pure, so that nobody jumps without a reason. */

export interface StageFacts {
  /** Everyone else in the room, in order of joining. */
  readonly present: readonly number[];
  readonly pinned: ReadonlySet<number>;
  /** Who speaks now. */
  readonly speaker: number | null;
  /** When somebody spoke last; larger is later, 0: not yet. */
  readonly spoke: (id: number) => number;
  /** People on one page. */
  readonly capacity: number;
}

/**
 * The order of before, without those who left and with the newcomers at the end; pinned people first;
 * and a speaker who would be out of sight changes places with whoever was silent longest on the
 * first page.
 */
export function stageOrder(before: readonly number[], facts: StageFacts): readonly number[] {
  const { present, pinned, speaker, spoke, capacity } = facts;
  const here = new Set(present);
  const known = new Set(before);
  const all = [...before.filter((id) => here.has(id)), ...present.filter((id) => !known.has(id))];
  const order = [...all.filter((id) => pinned.has(id)), ...all.filter((id) => !pinned.has(id))];
  const place = speaker === null ? -1 : order.indexOf(speaker);
  if (place < capacity) return order;
  const candidates = order.slice(0, capacity).filter((id) => !pinned.has(id));
  const [silent] = candidates.toSorted((one, other) => spoke(one) - spoke(other));
  if (silent === undefined) return order;
  const target = order.indexOf(silent);
  [order[target], order[place]] = [order[place]!, order[target]!];
  return order;
}
