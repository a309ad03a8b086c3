import { ChevronDown } from "lucide-preact";
import type { ComponentChildren } from "preact";

interface DisclosureProps {
  title: string;
  testId?: string;
  children: ComponentChildren;
}

/** Something for those who look for it. */
export function Disclosure({ title, testId, children }: DisclosureProps) {
  return (
    <details class="group" data-testid={testId}>
      <summary class="-mx-2 flex min-h-11 list-none items-center gap-2 rounded-lg px-2 font-medium">
        <ChevronDown
          class="size-4.5 -rotate-90 transition-transform group-open:rotate-0"
          aria-hidden="true"
        />
        {title}
      </summary>
      <div class="pt-1">{children}</div>
    </details>
  );
}
