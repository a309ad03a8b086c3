import type { ComponentChildren } from "preact";

/** Names and values, side by side where there is room. */
export function Facts({ children, testId }: { children: ComponentChildren; testId?: string }) {
  return (
    <dl
      class="divide-y divide-line rounded-2xl bg-surface px-5 py-1.5 text-[0.9375rem]"
      data-testid={testId}
    >
      {children}
    </dl>
  );
}

export function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="flex flex-wrap justify-between gap-x-6 gap-y-0.5 py-2.5 sm:grid sm:grid-cols-[14rem_1fr]">
      <dt class="text-muted">{label}</dt>
      <dd class="min-w-0 break-words">{children}</dd>
    </div>
  );
}
