import { ChevronDown, Plus } from "lucide-preact";
import type { JSX } from "preact";
import type { CreateRoom } from "../../lib/shared/protocol/rooms.ts";
import { MAX_ROOM_NAME_CHARS } from "../../lib/shared/protocol/limits.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Toggle } from "../ui/Toggle.tsx";
import type { HomeWords } from "../home_words.ts";

export type NewRoom = Pick<
  CreateRoom,
  "room_name" | "is_private" | "waiting_room_enabled" | "recording_enabled"
>;

interface CreateRoomFormProps {
  t: HomeWords;
  busy: boolean;
  problem: string | null;
  onSubmit: (room: NewRoom) => void;
}

export function CreateRoomForm({ t, busy, problem, onSubmit }: CreateRoomFormProps) {
  const submit = (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    onSubmit({
      room_name: String(values.get("room_name")).trim(),
      is_private: values.has("is_private"),
      waiting_room_enabled: values.has("waiting_room_enabled"),
      recording_enabled: values.has("recording_enabled"),
    });
  };
  return (
    <form class="flex flex-col gap-4" data-testid="create-room-form" onSubmit={submit}>
      <div class="flex flex-col gap-4 sm:flex-row sm:items-start">
        <div class="grow">
          <Field
            label={t("home.room_name")}
            hint={t("home.create_hint")}
            name="room_name"
            placeholder={t("home.room_name_placeholder")}
            maxLength={MAX_ROOM_NAME_CHARS}
            required
            testId="create-room-name"
          />
        </div>
        <Button
          type="submit"
          class="min-h-12 shrink-0 px-5 sm:mt-6.5"
          disabled={busy}
          testId="create-room-submit"
        >
          <Plus class="size-5" aria-hidden="true" />
          {busy ? t("home.creating") : t("home.create")}
        </Button>
      </div>
      {problem && <Notice>{problem}</Notice>}
      <Options t={t} />
    </form>
  );
}

function Options({ t }: { t: HomeWords }) {
  return (
    <details class="group border-t border-line pt-1">
      <summary class="-mx-2 flex min-h-11 list-none items-center gap-2 rounded-lg px-2 font-medium">
        <ChevronDown
          class="size-4.5 -rotate-90 transition-transform group-open:rotate-0"
          aria-hidden="true"
        />
        {t("home.options")}
      </summary>
      <div class="flex flex-col gap-1 pt-1">
        <Toggle
          name="is_private"
          label={t("home.option_private")}
          hint={t("home.option_private_hint")}
        />
        <Toggle
          name="waiting_room_enabled"
          label={t("home.option_waiting")}
          hint={t("home.option_waiting_hint")}
        />
        <Toggle
          name="recording_enabled"
          label={t("home.option_recording")}
          hint={t("home.option_recording_hint")}
          checked
        />
      </div>
    </details>
  );
}
