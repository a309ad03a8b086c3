/** How large each picture is on this screen, as told by the browser's observers. */
import type { Box, VideoLine } from "./rungs.ts";
import { largerOf, NOWHERE, sameBox, shownSize } from "./view_message.ts";

/** Sizes change with every step of an animation: told when they have come to rest. */
const REST_MS = 200;
/** Somebody who only looks up something in another tab finds everybody still moving. */
const HIDDEN_AFTER_MS = 3_000;

export interface Views {
  readonly camera: Box;
  readonly screen: Box;
}

interface Watched {
  readonly person: number;
  readonly line: VideoLine;
  size: Box;
  visible: boolean;
}

export class ViewWatch {
  readonly #changed: (person: number) => void;
  readonly #elements = new Map<Element, Watched>();
  readonly #sizes: ResizeObserver;
  readonly #sight: IntersectionObserver;
  readonly #lifetime = new AbortController();
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #hiddenTimer: ReturnType<typeof setTimeout> | undefined;
  #hidden = false;
  #receives = true;

  /** @param changed what is shown of this person has changed */
  constructor(changed: (person: number) => void) {
    this.#changed = changed;
    this.#sizes = new ResizeObserver((entries) => {
      for (const { target, contentRect: { width, height } } of entries) {
        this.#update(target, { size: shownSize(width, height, devicePixelRatio) });
      }
    });
    this.#sight = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        this.#update(target, { visible: isIntersecting });
      }
    });
    const until = { signal: this.#lifetime.signal };
    document.addEventListener("visibilitychange", () => this.#seen(), until);
    this.#seen();
  }

  /** @returns what ends it: nobody looks there any more */
  watch(element: Element, person: number, line: VideoLine): () => void {
    // Sized at once: the observers answer only after the next frame is laid out.
    const { width, height } = element.getBoundingClientRect();
    const size = shownSize(width, height, devicePixelRatio);
    this.#elements.set(element, { person, line, size, visible: true });
    this.#sizes.observe(element);
    this.#sight.observe(element);
    // Not laid out yet is not the same as not looked at.
    if (size.width > 0) this.#tell(person, true);
    return () => {
      this.#sizes.unobserve(element);
      this.#sight.unobserve(element);
      this.#elements.delete(element);
      this.#tell(person, false);
    };
  }

  /** Whether this person wants to see anybody at all. */
  setReceives(receives: boolean): void {
    if (this.#receives === receives) return;
    this.#receives = receives;
    this.#tellAll();
  }

  of(person: number): Views {
    const views = { camera: NOWHERE, screen: NOWHERE };
    if (this.#hidden || !this.#receives) return views;
    for (const each of this.#elements.values()) {
      if (each.person !== person || !each.visible) continue;
      views[each.line] = largerOf(views[each.line], each.size);
    }
    return views;
  }

  stop(): void {
    this.#lifetime.abort();
    clearTimeout(this.#hiddenTimer);
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#sizes.disconnect();
    this.#sight.disconnect();
  }

  #update(element: Element, change: Partial<Pick<Watched, "size" | "visible">>): void {
    const watched = this.#elements.get(element);
    if (watched === undefined) return;
    const before = { ...watched };
    Object.assign(watched, change);
    if (sameBox(before.size, watched.size) && before.visible === watched.visible) return;
    const appears = (before.size.width === 0 || !before.visible) && watched.visible;
    this.#tell(watched.person, appears);
  }

  /** What appears is wanted now; all else may come to rest first. */
  #tell(person: number, now: boolean): void {
    clearTimeout(this.#timers.get(person));
    this.#timers.delete(person);
    if (now) return this.#changed(person);
    this.#timers.set(
      person,
      setTimeout(() => {
        this.#timers.delete(person);
        this.#changed(person);
      }, REST_MS),
    );
  }

  #tellAll(): void {
    for (const person of new Set([...this.#elements.values()].map(({ person }) => person))) {
      this.#tell(person, true);
    }
  }

  #seen(): void {
    clearTimeout(this.#hiddenTimer);
    if (document.visibilityState === "hidden") {
      this.#hiddenTimer = setTimeout(() => this.#setHidden(true), HIDDEN_AFTER_MS);
    } else {
      this.#setHidden(false);
    }
  }

  #setHidden(hidden: boolean): void {
    if (this.#hidden === hidden) return;
    this.#hidden = hidden;
    this.#tellAll();
  }
}
