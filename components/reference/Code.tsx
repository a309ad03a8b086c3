import { Copy } from "lucide-preact";
import { buttonClass } from "../ui/Button.tsx";

interface CodeProps {
  text: string;
  /** What it is, above it. */
  title: string;
  /** Name of the button that copies it; without one there is none. */
  copy?: string;
  testId?: string;
}

/** Something to read or to paste. The island `CopyCode` makes the button work, and shows it. */
export function Code({ text, title, copy, testId }: CodeProps) {
  return (
    <figure class="overflow-hidden rounded-xl border border-line bg-surface" data-testid={testId}>
      <figcaption class="flex min-h-11 items-center justify-between gap-2 border-b border-line pl-4 text-sm font-semibold text-muted">
        {title}
        {copy !== undefined && (
          <button
            type="button"
            class={buttonClass("bare", "hidden px-3 text-sm in-data-copying:inline-flex")}
            data-copy
          >
            <Copy class="size-4" aria-hidden="true" />
            {copy}
          </button>
        )}
      </figcaption>
      <pre
        class="max-h-112 overflow-auto p-4 font-mono text-[0.8125rem]/5"
        tabIndex={0}
      ><code>{text}</code></pre>
    </figure>
  );
}
