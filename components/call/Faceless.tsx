import type { Rect } from "../../lib/shared/domain/layout.ts";
import { Avatar } from "../ui/Avatar.tsx";

interface FacelessProps {
  name: string;
  /** user_id: decides the colour. */
  id: number;
  rect: Rect;
}

/** A tile without a picture. */
export function Faceless({ name, id, rect }: FacelessProps) {
  return (
    <div class="absolute inset-0 flex items-center justify-center">
      <Avatar name={name} id={id} class={sizeFor(Math.min(rect.width, rect.height))} />
    </div>
  );
}

function sizeFor(sidePx: number): string {
  if (sidePx < 130) return "size-11 text-base";
  if (sidePx < 240) return "size-16 text-2xl";
  return sidePx < 480 ? "size-28 text-4xl" : "size-40 text-6xl";
}
