import type { ComponentChildren } from "preact";
import { TriangleAlert } from "lucide-preact";

/** Something went wrong, in words. Announced when it appears. */
export function Notice({ children, testId }: { children: ComponentChildren; testId?: string }) {
  return (
    <div
      role="alert"
      class="flex items-start gap-2.5 rounded-xl bg-danger-soft px-3.5 py-2.5 text-sm text-ink"
      data-testid={testId}
    >
      <TriangleAlert class="mt-0.5 size-4 shrink-0 text-danger" aria-hidden="true" />
      <p>{children}</p>
    </div>
  );
}
