import { X } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { iconButtonClass } from "./Button.tsx";

interface SheetProps {
  title: string;
  /** Accessible name of the button that closes. */
  closeLabel: string;
  testId: string;
  /** Where it was asked for: on wide windows it opens beside that. */
  anchor?: DOMRect | null;
  class?: string;
  onClose: () => void;
  children: ComponentChildren;
}

const WIDE = "(min-width: 48rem)";
const GAP_PX = 8;

/** A dialog: from below on phones, in the middle or beside its button on wider windows. */
export function Sheet(props: SheetProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => ref.current?.showModal(), []);
  useLayoutEffect(() => {
    if (ref.current !== null && props.anchor) standBeside(ref.current, props.anchor);
  });
  return (
    <dialog
      ref={ref}
      class={`animate-rise max-h-[calc(100dvh-1rem)] overflow-y-auto overscroll-contain bg-surface p-6 text-ink
        max-md:m-0 max-md:mt-auto max-md:w-full max-md:max-w-full max-md:rounded-t-3xl max-md:pb-[max(1.5rem,env(safe-area-inset-bottom))]
        md:rounded-3xl ${props.class ?? "md:w-104"} ${
        props.anchor ? "shadow-xl shadow-black/60 ring-1 ring-line md:backdrop:bg-black/20" : ""
      }`}
      aria-labelledby={id}
      data-testid={props.testId}
      onClose={props.onClose}
      onClick={(event) => event.target === ref.current && ref.current?.close()}
    >
      <div class="-mt-2 -mr-2 mb-3 flex items-center justify-between gap-4">
        <h2 id={id} class="min-w-0 text-xl font-bold break-words">{props.title}</h2>
        <button
          type="button"
          class={iconButtonClass("bare")}
          aria-label={props.closeLabel}
          onClick={() => ref.current?.close()}
        >
          <X class="size-5" aria-hidden="true" />
        </button>
      </div>
      {props.children}
    </dialog>
  );
}

/** Below the button where there is room, else above; always inside the window. */
function standBeside(dialog: HTMLElement, anchor: DOMRect): void {
  if (!matchMedia(WIDE).matches) return;
  const { offsetWidth: width, offsetHeight: height } = dialog;
  const below = anchor.bottom + GAP_PX;
  const fits = below + height + GAP_PX <= innerHeight;
  const top = Math.max(GAP_PX, fits ? below : anchor.top - GAP_PX - height);
  const left = Math.max(GAP_PX, Math.min(anchor.right, innerWidth - GAP_PX) - width);
  Object.assign(dialog.style, { margin: "0", top: `${top}px`, left: `${left}px` });
}
