import { type Signal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { CallState, RemotePerson } from "../../lib/client/call/call_state.ts";
import { isCompact, pageCapacity, type Rect } from "../../lib/shared/domain/layout.ts";
import { stageOrder } from "../../lib/shared/domain/stage_order.ts";
import { PAGER_PX } from "./Pager.tsx";

/** A finger that moved less than this across did not mean to turn the page. */
const SWIPE_PX = 60;

/** Which people the stage shows now. */
export function usePaging(
  state: CallState,
  { area, focused }: { area: Rect; focused: boolean },
) {
  const page = useSignal(0);
  const pinned = useSignal<ReadonlySet<number>>(new Set());
  const order = useRef<readonly number[]>([]);
  const spoke = useSpoke(state);
  const others = state.others.value;
  const standing = isCompact(area) && !focused ? 0 : 1;
  const capacityOf = (space: Rect) => Math.max(1, pageCapacity(space, { focused }) - standing);
  const fits = others.length <= capacityOf(area);
  const space = fits ? area : { ...area, height: Math.max(0, area.height - PAGER_PX) };
  const capacity = fits ? Math.max(others.length, 1) : capacityOf(space);
  const all = new Map(others.map((each) => [each.id, each]));
  order.current = stageOrder(order.current, {
    present: [...all.keys()],
    pinned: pinned.value,
    speaker: fits ? null : state.activeSpeaker.value,
    spoke: (id) => spoke.get(id) ?? 0,
    capacity,
  });
  const pages = Math.max(1, Math.ceil(others.length / capacity));
  const current = Math.min(page.value, pages - 1);
  const shown: RemotePerson[] = order.current
    .slice(current * capacity, (current + 1) * capacity)
    .flatMap((id) => all.get(id) ?? []);
  const turn = (to: number) => page.value = Math.max(0, Math.min(pages - 1, to));
  return {
    shown,
    space,
    page: current,
    pages,
    turn,
    swipe: useSwipe((step) => turn(current + step)),
    pinOf: (id: number) => fits ? undefined : pinFor(pinned, id),
  };
}

function pinFor(pinned: Signal<ReadonlySet<number>>, id: number) {
  return {
    pinned: pinned.value.has(id),
    toggle: () => {
      const next = new Set(pinned.value);
      if (!next.delete(id)) next.add(id);
      pinned.value = next;
    },
  };
}

/** Who spoke last, by a number that grows. */
function useSpoke(state: CallState): ReadonlyMap<number, number> {
  const spoke = useRef(new Map<number, number>());
  const turns = useRef(0);
  const speaker = useComputed(() => state.activeSpeaker.value);
  useSignalEffect(() => {
    if (speaker.value !== null) spoke.current.set(speaker.value, ++turns.current);
  });
  return spoke.current;
}

function useSwipe(turned: (step: 1 | -1) => void) {
  const start = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart: ({ touches }: TouchEvent) => {
      const [touch] = touches;
      start.current = touches.length === 1 && touch !== undefined
        ? { x: touch.clientX, y: touch.clientY }
        : null;
    },
    onTouchEnd: ({ changedTouches }: TouchEvent) => {
      const [touch] = changedTouches;
      if (start.current === null || touch === undefined) return;
      const across = touch.clientX - start.current.x;
      const down = touch.clientY - start.current.y;
      start.current = null;
      if (Math.abs(across) < SWIPE_PX || Math.abs(across) < 2 * Math.abs(down)) return;
      turned(across < 0 ? 1 : -1);
    },
  };
}
