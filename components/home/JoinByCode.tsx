import { useSignal } from "@preact/signals";
import { ArrowRight } from "lucide-preact";
import type { JSX } from "preact";
import { parseRoomCode } from "../../lib/shared/domain/room_code_input.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { useLive } from "../ui/live.ts";
import type { HomeWords } from "../home_words.ts";

interface JoinByCodeProps {
  t: HomeWords;
  onJoin: (path: string) => void;
}

/** Takes a code in any spelling, or a whole link. */
export function JoinByCode({ t, onJoin }: JoinByCodeProps) {
  const wrong = useSignal(false);
  const live = useLive();
  const submit = (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const path = roomPath(String(new FormData(event.currentTarget).get("code")));
    wrong.value = path === null;
    if (path !== null) onJoin(path);
  };
  return (
    <form class="flex items-start gap-2" noValidate onSubmit={submit}>
      <div class="grow">
        <Field
          label={t("home.join_code")}
          name="code"
          placeholder={t("home.join_code_placeholder")}
          autoCapitalize="characters"
          required
          problem={wrong.value ? t("home.join_code_invalid") : null}
          testId="join-code"
          onInput={() => wrong.value = false}
        />
      </div>
      <Button
        type="submit"
        look="quiet"
        class="mt-6.5 min-h-12 shrink-0"
        pending={!live.value}
        testId="join-code-submit"
      >
        {t("home.join")}
        <ArrowRight class="size-4.5" aria-hidden="true" />
      </Button>
    </form>
  );
}

/** Guest links name the room by number: they are opened as they are, on this server. */
function roomPath(input: string): string | null {
  const code = parseRoomCode(input);
  if (code !== null) return `/video/room/${code}`;
  return /\/(#\/room\/[^?\s]+\?\S*guest_token=\S+)$/.exec(input.trim())?.[0] ?? null;
}
