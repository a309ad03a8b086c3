import { type Signal, useComputed, useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { CallState, RemotePerson } from "../../lib/client/call/call_state.ts";
import type { LocalMediaView } from "../../lib/client/media/local_media_types.ts";
import {
  cornerRect,
  focusLayout,
  gridRects,
  isCompact,
  type Rect,
  tileAspect,
} from "../../lib/shared/domain/layout.ts";
import type { RoomWords } from "../room_words.ts";
import { SelfView } from "./SelfView.tsx";
import { Pager } from "./Pager.tsx";
import { usePaging } from "./paging.ts";
import { hasOtherHost } from "./people/people_facts.ts";
import { actionsOn } from "./people/person_actions.ts";
import { CameraTile, type OpenPerson, ScreenTile } from "./Tile.tsx";

interface StageProps {
  t: RoomWords;
  state: CallState;
  media: LocalMediaView;
  person: { id: number; name: string };
  onMore: OpenPerson;
  onProtection: (participantId: number) => void;
}

const NOWHERE: Rect = { x: 0, y: 0, width: 0, height: 0 };
/** One's own camera has the shape of the device: it may fill the stage. */
const ALONE = { min: 0.4, max: 2 };

/**
 * Everybody. All tiles are children of one element and are only moved, so that no video starts anew
 * when people come and go or a screen is shared.
 */
export function Stage({ t, state, media, person, onMore, onProtection }: StageProps) {
  const area = useSignal(NOWHERE);
  const others = state.others.value;
  const screens = useComputed(() => state.others.value.filter((each) => each.showsScreen.value));
  // Beside a shared screen everybody stands in the strip: nothing may cover what is being shown.
  const focused = screens.value.length > 0;
  const floating = isCompact(area.value) && others.length > 0 && !focused;
  const paging = usePaging(state, { area: area.value, focused });
  const places = arrange(paging.space, {
    others: paging.shown,
    screens: screens.value,
    floating,
  });
  const common = { t, calm: state.calm, quality: state.quality };
  return (
    <div ref={useMeasured(area)} class="relative size-full" {...paging.swipe}>
      {paging.shown.map((each) => (
        <CameraTile
          key={`camera-${each.id}`}
          {...common}
          person={each}
          rect={places.cameras.get(each) ?? NOWHERE}
          activeSpeaker={state.activeSpeaker}
          pin={paging.pinOf(each.id)}
          onMore={mayTouch(state, each) ? onMore : undefined}
          onProtection={onProtection}
        />
      ))}
      {screens.value.map((each) => (
        <ScreenTile
          key={`screen-${each.id}`}
          {...common}
          person={each}
          rect={places.screens.get(each) ?? NOWHERE}
          onMore={mayTouch(state, each) ? onMore : undefined}
        />
      ))}
      <SelfView
        key="self"
        t={t}
        state={state}
        media={media}
        person={person}
        rect={places.self}
        floating={floating}
      />
      {paging.pages > 1 && (
        <Pager
          t={t}
          page={paging.page}
          pages={paging.pages}
          shown={paging.shown.length}
          onTurn={paging.turn}
        />
      )}
    </div>
  );
}

function mayTouch(state: CallState, { participant }: RemotePerson): boolean {
  const facts = { target: participant.value, otherHost: hasOtherHost(state) };
  return actionsOn({ ...facts, self: state.self.value }).length > 0;
}

interface Cast {
  others: readonly RemotePerson[];
  screens: readonly RemotePerson[];
  floating: boolean;
}

interface Places {
  cameras: ReadonlyMap<RemotePerson, Rect>;
  screens: ReadonlyMap<RemotePerson, Rect>;
  self: Rect;
}

/** The latest shared screen gets the focus; earlier ones join the strip of people. */
function arrange(area: Rect, { others, screens, floating }: Cast): Places {
  const focused = screens.at(-1);
  const small = screens.slice(0, -1);
  const count = small.length + others.length + (floating ? 0 : 1);
  const { focus, strip } = focused === undefined
    ? {
      focus: NOWHERE,
      strip: gridRects(area, count, {
        aspect: others.length === 0 ? ALONE : tileAspect(area),
        lastRow: floating ? "start" : "center",
      }),
    }
    : focusLayout(area, count);
  const rects = [...strip];
  const screenPlaces = small.map((each) => [each, rects.shift() ?? NOWHERE] as const);
  const cameraPlaces = others.map((each) => [each, rects.shift() ?? NOWHERE] as const);
  return {
    screens: new Map(focused === undefined ? [] : [...screenPlaces, [focused, focus]]),
    cameras: new Map(cameraPlaces),
    self: floating ? cornerRect(area) : rects.shift() ?? NOWHERE,
  };
}

/** Keeps `area` at the size of the element it returns a ref for. */
function useMeasured(area: Signal<Rect>) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => {
      area.value = { x: 0, y: 0, width: element.clientWidth, height: element.clientHeight };
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return ref;
}
