import type { JSX } from "preact";
import type { CreateGuestLink } from "../../lib/shared/protocol/auth.ts";
import { MAX_USER_NAME_GRAPHEMES } from "../../lib/shared/protocol/limits.ts";
import { Button } from "../ui/Button.tsx";
import { Disclosure } from "../ui/Disclosure.tsx";
import { Field } from "../ui/Field.tsx";
import { Select } from "../ui/Select.tsx";
import type { RoomWords } from "../room_words.ts";

interface LinkOptionsProps {
  t: RoomWords;
  onMake: (wishes: CreateGuestLink) => void;
}

const HOUR_SECONDS = 60 * 60;
const DAY_SECONDS = 24 * HOUR_SECONDS;
const HOURS = [1, 4] as const;
const DAYS = [1, 3, 7] as const;
const USES = [1, 2, 5, 10, 50] as const;

/** How long a link works, how often, and for whom. */
export function LinkOptions({ t, onMake }: LinkOptionsProps) {
  const submit = (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const uses = Number(values.get("max_uses"));
    const name = String(values.get("user_name")).trim();
    onMake({
      expires_in: Number(values.get("expires_in")),
      ...(uses > 0 ? { max_uses: uses } : {}),
      ...(name === "" ? {} : { user_name: name }),
    });
  };
  return (
    <Disclosure title={t("settings.link_options")} testId="link-options">
      <form class="flex flex-col gap-3 pb-3" onSubmit={submit}>
        <div class="grid grid-cols-2 gap-3">
          <Select
            label={t("settings.link_expires")}
            name="expires_in"
            choices={lifetimes(t)}
            initial={String(DAY_SECONDS)}
            testId="link-expires"
          />
          <Select
            label={t("settings.link_uses")}
            name="max_uses"
            choices={[
              { value: "0", label: t("settings.link_uses_any") },
              ...USES.map((count) => ({
                value: String(count),
                label: t("settings.link_uses_some", { count }),
              })),
            ]}
            initial="0"
            testId="link-uses"
          />
        </div>
        <Field
          label={t("settings.link_name")}
          name="user_name"
          autoCapitalize="words"
          maxLength={MAX_USER_NAME_GRAPHEMES}
          testId="link-name"
        />
        <Button type="submit" look="quiet" class="min-h-12" testId="link-make">
          {t("settings.link_make")}
        </Button>
      </form>
    </Disclosure>
  );
}

function lifetimes(t: RoomWords) {
  return [
    ...HOURS.map((count) => ({
      value: String(count * HOUR_SECONDS),
      label: t("settings.link_hours", { count }),
    })),
    ...DAYS.map((count) => ({
      value: String(count * DAY_SECONDS),
      label: t("settings.link_days", { count }),
    })),
  ];
}
