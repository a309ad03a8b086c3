import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { LocalMediaView } from "../../lib/client/media/local_media_types.ts";
import { MAX_USER_NAME_GRAPHEMES } from "../../lib/shared/protocol/limits.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import type { RoomWords } from "../room_words.ts";
import { Devices } from "./Devices.tsx";
import { LobbyFrame } from "./LobbyFrame.tsx";
import { Preview } from "./Preview.tsx";
import { Problems } from "./Problems.tsx";

interface LobbyProps {
  t: RoomWords;
  media: LocalMediaView;
  roomName: string;
  person: { id: number; name: string };
  onJoin: (userName: string) => void;
}

/** A look in the mirror before the door opens. Never waits for a device. */
export function Lobby({ t, media, roomName, person, onJoin }: LobbyProps) {
  const name = useSignal(person.name);
  return (
    <LobbyFrame
      roomName={roomName}
      testId="lobby"
      preview={<Preview t={t} media={media} person={{ ...person, name: name.value }} />}
    >
      <p class="hidden text-3xl font-bold tracking-tight lg:landscape:block">
        {t("lobby.title")}
      </p>
      <NameForm t={t} initial={person.name} name={name} onJoin={onJoin} />
      <Problems t={t} media={media} />
      <Devices t={t} media={media} />
    </LobbyFrame>
  );
}

interface NameFormProps {
  t: RoomWords;
  initial: string;
  /** Follows what is typed. */
  name: Signal<string>;
  onJoin: (userName: string) => void;
}

function NameForm({ t, initial, name, onJoin }: NameFormProps) {
  const missing = useSignal(false);
  const submit = (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    // What was typed before the script was there is in the field only.
    const chosen = String(new FormData(event.currentTarget).get("user_name")).trim();
    missing.value = chosen === "";
    if (chosen !== "") onJoin(chosen);
  };
  return (
    <form
      class="flex items-start gap-2 lg:landscape:flex-col lg:landscape:items-stretch lg:landscape:gap-4"
      noValidate
      onSubmit={submit}
    >
      <div class="grow">
        <Field
          label={t("lobby.name")}
          name="user_name"
          initial={initial}
          autocomplete="name"
          autoCapitalize="words"
          maxLength={MAX_USER_NAME_GRAPHEMES}
          problem={missing.value ? t("lobby.name_required") : null}
          testId="lobby-name"
          onInput={(value) => name.value = value}
        />
      </div>
      <Button
        type="submit"
        class="mt-6.5 min-h-12 px-6 lg:landscape:mt-0"
        testId="lobby-join"
      >
        {t("lobby.join")}
      </Button>
    </form>
  );
}
