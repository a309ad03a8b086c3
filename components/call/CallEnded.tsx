import type { CallEnd } from "../../lib/client/call/call_state.ts";
import { errorText } from "../../lib/shared/i18n/translator.ts";
import type { ErrorCode } from "../../lib/shared/protocol/errors.ts";
import { Button, buttonClass } from "../ui/Button.tsx";
import { Logo } from "../ui/Logo.tsx";
import type { RoomWords } from "../room_words.ts";

interface CallEndedProps {
  t: RoomWords;
  end: CallEnd;
  isGuest: boolean;
  /** Where to sign in and come back from. */
  signInPath: string;
  onRejoin: () => void;
}

interface EndPage {
  readonly title: string;
  readonly hint: string;
  /** What joining again is called; null where it would meet the same answer. */
  readonly again: string | null;
  readonly mustSignIn?: boolean;
}

const NEEDS_SIGN_IN: readonly ErrorCode[] = ["UNAUTHORIZED", "SESSION_EXPIRED"];

/** Why the call is over or never began, and the way back where there is one. */
export function CallEnded({ t, end, isGuest, signInPath, onRejoin }: CallEndedProps) {
  const { title, hint, again, mustSignIn } = endPage(t, end, isGuest);
  return (
    <main
      class="stage safe-x fixed inset-0 flex flex-col items-center justify-center gap-3 bg-paper text-center text-ink"
      data-testid="call-ended"
      data-reason={end.reason}
      data-code={end.error?.error_code}
    >
      <Logo class="mb-4 size-14" />
      <h1 class="text-3xl font-bold tracking-tight">{title}</h1>
      <p class="max-w-sm text-balance text-muted" role="status">{hint}</p>
      <div class="mt-6 flex flex-wrap justify-center gap-3">
        {again !== null && (
          <Button class="min-h-12 px-6" testId="rejoin" onClick={onRejoin}>{again}</Button>
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

function endPage(t: RoomWords, { reason, error, by }: CallEnd, isGuest: boolean): EndPage {
  if (error?.error_code === "DENIED") {
    return { title: t("call.ended_denied"), hint: errorText(t, error), again: t("call.ask_again") };
  }
  if (reason === "error") return errorPage(t, error?.error_code, isGuest) ?? unnamed(t, error);
  const page = { title: t(`call.ended_${reason}`), hint: t(`call.ended_${reason}_hint`) };
  switch (reason) {
    case "left":
      return { ...page, again: t("call.rejoin") };
    case "replaced":
      return { ...page, again: t("call.rejoin_here") };
    case "denied":
      return { ...page, again: t("call.ask_again") };
    case "removed":
    case "banned":
      return { ...page, again: null, ...by && { hint: t(`call.ended_${reason}_by`, by) } };
    case "room_ended": {
      const hint = by &&
        (by.isSelf ? t("call.ended_room_ended_self") : t("call.ended_room_ended_by", by));
      return { ...page, again: null, ...hint && { hint } };
    }
    default:
      return reason satisfies never;
  }
}

/** Refusals that have a page of their own. */
function errorPage(
  t: RoomWords,
  code: ErrorCode | undefined,
  isGuest: boolean,
): EndPage | undefined {
  const again = t("call.try_again");
  switch (code) {
    case "ROOM_LOCKED":
      return { title: t("call.ended_locked"), hint: t("call.ended_locked_hint"), again };
    case "ROOM_FULL":
      return { title: t("call.ended_full"), hint: t("call.ended_full_hint"), again };
    case "BANNED":
      return { title: t("call.ended_banned"), hint: t("call.ended_banned_hint"), again: null };
    case "ROOM_INACTIVE":
      return { title: t("call.ended_room_ended"), hint: t("error.ROOM_INACTIVE"), again: null };
    case "UNAUTHORIZED":
    case "SESSION_EXPIRED":
      if (!isGuest) return undefined;
      return { title: t("call.ended_session"), hint: t("call.ended_session_hint"), again: null };
    default:
      return undefined;
  }
}

function unnamed(t: RoomWords, error: CallEnd["error"]): EndPage {
  const mustSignIn = NEEDS_SIGN_IN.some((code) => code === error?.error_code);
  return {
    title: t("call.ended_error"),
    hint: error ? errorText(t, error) : "",
    again: mustSignIn ? null : t("call.try_again"),
    mustSignIn,
  };
}
