import type { CallEnd } from "../../lib/client/call/call_state.ts";
import { errorText } from "../../lib/shared/i18n/translator.ts";
import type { ErrorCode } from "../../lib/shared/protocol/errors.ts";
import { Button, buttonClass } from "../ui/Button.tsx";
import { Logo } from "../ui/Logo.tsx";
import type { RoomWords } from "../room_words.ts";

interface CallEndedProps {
  t: RoomWords;
  end: CallEnd;
  /** Where to sign in and come back from. */
  signInPath: string;
  onRejoin: () => void;
}

/** Joining again would meet the same answer. */
const NEEDS_SIGN_IN: readonly ErrorCode[] = ["UNAUTHORIZED", "SESSION_EXPIRED"];

/** Why the call is over, and the way back where there is one. */
export function CallEnded({ t, end, signInPath, onRejoin }: CallEndedProps) {
  const { reason, error } = end;
  const hint = reason === "error" ? error && errorText(t, error) : t(`call.ended_${reason}_hint`);
  const mustSignIn = NEEDS_SIGN_IN.some((code) => code === error?.error_code);
  const canReturn = !mustSignIn && reason !== "removed" && reason !== "room_ended" &&
    error?.error_code !== "ROOM_INACTIVE";
  return (
    <main
      class="stage safe-x fixed inset-0 flex flex-col items-center justify-center gap-3 bg-paper text-center text-ink"
      data-testid="call-ended"
      data-reason={reason}
      data-code={error?.error_code}
    >
      <Logo class="mb-4 size-14" />
      <h1 class="text-3xl font-bold tracking-tight">{t(`call.ended_${reason}`)}</h1>
      <p class="max-w-sm text-balance text-muted" role="status">{hint}</p>
      <div class="mt-6 flex flex-wrap justify-center gap-3">
        {canReturn && (
          <Button class="min-h-12 px-6" testId="rejoin" onClick={onRejoin}>
            {t(reason === "replaced" ? "call.rejoin_here" : "call.rejoin")}
          </Button>
        )}
        {mustSignIn && (
          <a href={signInPath} class={buttonClass("primary", "min-h-12 px-6")}>
            {t("call.sign_in")}
          </a>
        )}
        <a href="/" class={buttonClass("quiet", "min-h-12 px-6")}>{t("common.to_home")}</a>
      </div>
    </main>
  );
}
