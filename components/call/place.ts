import type { Rect } from "../../lib/shared/domain/layout.ts";

/** Puts an absolutely positioned tile where the layout wants it. */
export function placeAt({ x, y, width, height }: Rect) {
  return { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` };
}

const GLIDES = "transition-[left,top,width,height] duration-300 ease-settle";

/** @param calm it may glide there */
export function tileClass(calm: boolean): string {
  return `absolute overflow-hidden rounded-tile ${calm ? GLIDES : ""}`;
}
