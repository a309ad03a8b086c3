import type { JSX } from "preact";
import type { HostDeskView } from "../../../lib/client/call/host_desk.ts";
import { errorText } from "../../../lib/shared/i18n/translator.ts";
import {
  MAX_PARTICIPANTS,
  MAX_ROOM_NAME_CHARS,
  MIN_PARTICIPANTS,
} from "../../../lib/shared/protocol/limits.ts";
import type { UpdateRoom, VideoRoom } from "../../../lib/shared/protocol/rooms.ts";
import type { RoomWords } from "../../room_words.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Select } from "../../ui/Select.tsx";
import { Sheet } from "../../ui/Sheet.tsx";
import { Toggle } from "../../ui/Toggle.tsx";

interface RoomSettingsProps {
  t: RoomWords;
  room: VideoRoom;
  desk: HostDeskView;
  onClose: () => void;
}

/** What a room's creator chose, to be chosen anew during the call. */
export function RoomSettings({ t, room, desk, onClose }: RoomSettingsProps) {
  const problem = desk.problem.value;
  const submit = async (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const changes = changesOf(new FormData(event.currentTarget), room);
    if (Object.keys(changes).length === 0 || await desk.updateRoom(changes)) onClose();
  };
  return (
    <Sheet
      title={t("settings.title")}
      closeLabel={t("common.close")}
      testId="settings"
      onClose={onClose}
    >
      <form class="flex flex-col gap-4" onSubmit={submit}>
        <Fields t={t} room={room} />
        {problem && <Notice>{errorText(t, problem)}</Notice>}
        <Button
          type="submit"
          class="mt-1 min-h-12"
          disabled={desk.busy.value}
          testId="settings-save"
        >
          {t(desk.busy.value ? "settings.saving" : "settings.save")}
        </Button>
      </form>
    </Sheet>
  );
}

const WAITING = ["nobody", "guests", "all"] as const;

function Fields({ t, room }: Pick<RoomSettingsProps, "t" | "room">) {
  const choices = WAITING.map((value) => ({ value, label: t(`settings.waiting_${value}`) }));
  return (
    <>
      <Field
        label={t("settings.name")}
        name="room_name"
        initial={room.room_name}
        maxLength={MAX_ROOM_NAME_CHARS}
        required
        testId="settings-name"
      />
      <Select
        label={t("settings.waiting")}
        name="waiting"
        choices={choices}
        initial={waitingOf(room)}
        testId="settings-waiting"
      />
      <Field
        label={t("settings.max_participants")}
        hint={t("settings.max_participants_hint", { min: MIN_PARTICIPANTS, max: MAX_PARTICIPANTS })}
        name="max_participants"
        type="number"
        range={{ min: MIN_PARTICIPANTS, max: MAX_PARTICIPANTS }}
        initial={String(room.max_participants)}
        required
        testId="settings-max-participants"
      />
      <div>
        <Toggle
          name="is_private"
          label={t("settings.private")}
          hint={t("settings.private_hint")}
          checked={room.is_private}
          testId="settings-private"
        />
        <p class="py-1.5">
          <span class="block font-medium">{t("settings.encryption")}</span>
          <span class="block text-sm text-muted" data-testid="settings-encryption">
            {t(
              room.e2ee_required ? "settings.encryption_required" : "settings.encryption_optional",
            )}
          </span>
        </p>
        <Toggle
          name="is_locked"
          label={t("settings.locked")}
          hint={t("settings.locked_hint")}
          checked={room.is_locked}
          testId="settings-locked"
        />
      </div>
    </>
  );
}

function waitingOf(room: VideoRoom): (typeof WAITING)[number] {
  return room.waiting_room_enabled ? room.waiting_room_for : "nobody";
}

/** Only what differs: others may be changing the rest. */
function changesOf(values: FormData, room: VideoRoom): UpdateRoom {
  const waiting = String(values.get("waiting"));
  const wanted: UpdateRoom = {
    room_name: String(values.get("room_name")).trim(),
    max_participants: Number(values.get("max_participants")),
    is_private: values.has("is_private"),
    is_locked: values.has("is_locked"),
    waiting_room_enabled: waiting !== "nobody",
    waiting_room_for: waiting === "nobody" ? room.waiting_room_for : waiting as "guests" | "all",
  };
  const changed = Object.entries(wanted).filter(([key, value]) =>
    room[key as keyof UpdateRoom] !== value
  );
  return Object.fromEntries(changed);
}
