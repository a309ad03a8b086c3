import type { Translate } from "../../lib/shared/i18n/translator.ts";
import type { GuestEntryNamespace } from "../../lib/shared/page_props.ts";
import { buttonClass } from "../ui/Button.tsx";
import { Logo } from "../ui/Logo.tsx";

interface GuestCardProps {
  t: Translate<GuestEntryNamespace>;
  problem: string | null;
}

/** Covers the page while a guest link is being opened, and says why when it cannot be. */
export function GuestCard({ t, problem }: GuestCardProps) {
  return (
    <div class="safe-x fixed inset-0 z-50 flex items-center justify-center bg-paper" role="status">
      <div class="flex max-w-sm flex-col items-center gap-3 text-center">
        <Logo class={`mb-3 size-16 ${problem ? "" : "animate-breathe"}`} />
        <h1 class="text-2xl font-bold">
          {t(problem ? "guest_entry.failed" : "guest_entry.joining")}
        </h1>
        {problem && <p>{problem}</p>}
        <p class="text-balance text-muted">
          {t(problem ? "guest_entry.failed_hint" : "guest_entry.joining_hint")}
        </p>
        {problem && <a href="/" class={buttonClass("quiet", "mt-4")}>{t("common.to_home")}</a>}
      </div>
    </div>
  );
}
