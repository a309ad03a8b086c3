import { Plus } from "lucide-preact";
import type { JSX } from "preact";
import type { CreateRoom } from "../../lib/shared/protocol/rooms.ts";
import { MAX_ROOM_NAME_CHARS } from "../../lib/shared/protocol/limits.ts";
import { Button } from "../ui/Button.tsx";
import { Disclosure } from "../ui/Disclosure.tsx";
import { Field } from "../ui/Field.tsx";
import { useLive } from "../ui/live.ts";
import { Notice } from "../ui/Notice.tsx";
import { Select } from "../ui/Select.tsx";
import { Toggle } from "../ui/Toggle.tsx";
import type { HomeWords } from "../home_words.ts";

export type NewRoom = Pick<
  CreateRoom,
  "room_name" | "is_private" | "waiting_room_enabled" | "waiting_room_for" | "e2ee_required"
>;

interface CreateRoomFormProps {
  t: HomeWords;
  busy: boolean;
  problem: string | null;
  onSubmit: (room: NewRoom) => void;
}

export function CreateRoomForm({ t, busy, problem, onSubmit }: CreateRoomFormProps) {
  const live = useLive();
  const submit = (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    onSubmit({
      room_name: String(values.get("room_name")).trim(),
      is_private: values.has("is_private"),
      e2ee_required: values.has("e2ee_required"),
      waiting_room_enabled: values.get("waiting") !== "nobody",
      waiting_room_for: values.get("waiting") === "all" ? "all" : "guests",
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
          pending={!live.value}
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

const WAITING = ["nobody", "guests", "all"] as const;

function Options({ t }: { t: HomeWords }) {
  return (
    <div class="border-t border-line pt-1">
      <Disclosure title={t("home.options")} testId="create-room-options">
        <div class="flex flex-col gap-3">
          <Toggle
            name="is_private"
            label={t("home.option_private")}
            hint={t("home.option_private_hint")}
            testId="create-room-private"
          />
          <Toggle
            name="e2ee_required"
            label={t("home.option_encrypted")}
            hint={t("home.option_encrypted_hint")}
            checked
            testId="create-room-encrypted"
          />
          <Select
            label={t("home.option_waiting")}
            name="waiting"
            choices={WAITING.map((value) => ({ value, label: t(`home.option_waiting_${value}`) }))}
            initial="nobody"
            testId="create-room-waiting"
          />
        </div>
      </Disclosure>
    </div>
  );
}
