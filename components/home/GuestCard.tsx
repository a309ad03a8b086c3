import { errorText, type Translate } from "../../lib/shared/i18n/translator.ts";
import type { GuestEntryNamespace } from "../../lib/shared/page_props.ts";
import type { ErrorBody, ErrorCode } from "../../lib/shared/protocol/errors.ts";
import { Button, buttonClass } from "../ui/Button.tsx";
import { Logo } from "../ui/Logo.tsx";

interface GuestCardProps {
  t: Translate<GuestEntryNamespace>;
  /** Null while the link is being opened. */
  problem: ErrorBody | null;
  onRetry?: () => void;
}

/** The link is fine; the moment was not. */
const PASSING: readonly ErrorCode[] = ["UNAVAILABLE", "TOO_MANY_REQUESTS", "INTERNAL_ERROR"];

/** Covers the page while a guest link is being opened, and says why when it cannot be. */
export function GuestCard({ t, problem, onRetry }: GuestCardProps) {
  const code = problem?.error_code;
  const passing = PASSING.some((each) => each === code);
  return (
    <div
      class="safe-x fixed inset-0 z-50 flex items-center justify-center bg-paper"
      role="status"
      data-testid="guest-card"
      data-code={code}
    >
      <div class="flex max-w-sm flex-col items-center gap-3 text-center">
        <Logo class={`mb-3 size-16 ${problem ? "" : "animate-breathe"}`} />
        <h1 class="text-2xl font-bold">{t(titleOf(code, passing))}</h1>
        {problem && <p>{errorText(t, problem)}</p>}
        {!passing && <p class="text-balance text-muted">{t(hintOf(code))}</p>}
        {passing && (
          <Button class="mt-4" testId="guest-retry" onClick={onRetry}>
            {t("guest_entry.retry")}
          </Button>
        )}
        {problem && !passing && (
          <a href="/" class={buttonClass("quiet", "mt-4")}>{t("common.to_home")}</a>
        )}
      </div>
    </div>
  );
}

function titleOf(code: ErrorCode | undefined, passing: boolean) {
  if (code === undefined) return "guest_entry.joining";
  return passing || code === "BANNED" ? "guest_entry.not_now" : "guest_entry.failed";
}

function hintOf(code: ErrorCode | undefined) {
  if (code === undefined) return "guest_entry.joining_hint";
  return code === "BANNED" ? "guest_entry.banned_hint" : "guest_entry.failed_hint";
}
