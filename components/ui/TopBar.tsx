import type { ComponentChildren } from "preact";
import { Logo } from "./Logo.tsx";

/** Logo on the left, whatever the page needs on the right. */
export function TopBar({ name, children }: { name: string; children?: ComponentChildren }) {
  return (
    <header class="safe-x safe-top flex items-center justify-between gap-3 pb-3">
      <a href="/" class="flex min-h-11 items-center gap-2.5 rounded-lg font-bold tracking-tight">
        <Logo />
        <span>{name}</span>
      </a>
      <div class="flex items-center gap-1">{children}</div>
    </header>
  );
}
