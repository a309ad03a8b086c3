import { useSignal } from "@preact/signals";
import { useLayoutEffect, useMemo } from "preact/hooks";
import { GuestCard } from "../components/home/GuestCard.tsx";
import { exchangeGuestToken } from "../lib/client/api/api_client.ts";
import { keepRoomSecret } from "../lib/client/e2ee/room_secret.ts";
import { createTranslator } from "../lib/shared/i18n/translator.ts";
import type { GuestEntryProps } from "../lib/shared/page_props.ts";
import type { ErrorBody } from "../lib/shared/protocol/errors.ts";

/** `#/room/ROOM_ID?guest_token=…` (videocall-app.ru.md, "Генерация гостевой ссылки"). */
const INVITATION = /^#\/room\/[^?]+\?(.*)$/;

interface Invitation {
  token: string;
  /** The room's secret, which the server never sees. */
  secret: string;
}

/** Reads the invitation and takes it out of the address bar and the history. */
function takeInvitation(): Invitation | null {
  const [, query = ""] = INVITATION.exec(location.hash) ?? [];
  const words = new URLSearchParams(query);
  const token = words.get("guest_token");
  if (token === null) return null;
  history.replaceState(history.state, "", location.pathname + location.search);
  return { token, secret: words.get("k") ?? "" };
}

type Stage =
  | { step: "idle" }
  | { step: "joining" }
  | { step: "failed"; error: ErrorBody; invitation: Invitation };

/** Covers the home page when it was opened by a guest link, and goes on to the room. */
export default function GuestEntry({ locale, messages }: GuestEntryProps) {
  const t = useMemo(() => createTranslator(locale, messages), [locale, messages]);
  const stage = useSignal<Stage>({ step: "idle" });
  const enter = async (invitation: Invitation) => {
    stage.value = { step: "joining" };
    const answer = await exchangeGuestToken({ guest_token: invitation.token });
    if (answer.ok) {
      const { room_code } = answer.value;
      keepRoomSecret(room_code, invitation.secret);
      return location.replace(`/video/room/${room_code}`);
    }
    stage.value = { step: "failed", error: answer.error, invitation };
  };
  useLayoutEffect(() => {
    const open = () => {
      const invitation = takeInvitation();
      if (invitation !== null) void enter(invitation);
    };
    open();
    // Pasting a second link into the same tab changes only the fragment.
    addEventListener("hashchange", open);
    return () => removeEventListener("hashchange", open);
  }, []);
  const now = stage.value;
  if (now.step === "idle") return null;
  if (now.step === "joining") return <GuestCard t={t} problem={null} />;
  return <GuestCard t={t} problem={now.error} onRetry={() => void enter(now.invitation)} />;
}
