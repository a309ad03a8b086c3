import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { LocalMediaView } from "../../lib/client/media/local_media_types.ts";
import { MAX_USER_NAME_GRAPHEMES } from "../../lib/shared/protocol/limits.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Logo } from "../ui/Logo.tsx";
import { Notice } from "../ui/Notice.tsx";
import type { RoomWords } from "../room_words.ts";
import { Devices } from "./Devices.tsx";
import { Preview } from "./Preview.tsx";
import { deviceProblems } from "./problems.ts";

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
    <main
      class="safe-x safe-top safe-bottom mx-auto flex h-dvh max-w-7xl flex-col gap-4 overflow-y-auto"
      data-testid="lobby"
    >
      <header class="flex min-h-11 items-center gap-3">
        <Logo class="size-8 shrink-0" />
        <h1 class="truncate text-lg font-bold tracking-tight">{roomName}</h1>
      </header>
      <div class="flex min-h-0 grow flex-col gap-4 landscape:flex-row landscape:gap-6 lg:landscape:items-center lg:landscape:gap-14 lg:landscape:pb-11">
        <Preview t={t} media={media} person={{ ...person, name: name.value }} />
        <div class="flex flex-col gap-4 landscape:w-1/2 landscape:overflow-y-auto landscape:p-1 lg:landscape:w-96 lg:landscape:shrink-0">
          <p class="hidden text-3xl font-bold tracking-tight lg:landscape:block">
            {t("lobby.title")}
          </p>
          <NameForm t={t} name={name} onJoin={onJoin} />
          <Problems t={t} media={media} />
          <Devices t={t} media={media} />
        </div>
      </div>
    </main>
  );
}

interface NameFormProps {
  t: RoomWords;
  name: { value: string };
  onJoin: (userName: string) => void;
}

function NameForm({ t, name, onJoin }: NameFormProps) {
  const missing = useSignal(false);
  const submit = (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = name.value.trim();
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
          value={name.value}
          autocomplete="name"
          autoCapitalize="words"
          maxLength={MAX_USER_NAME_GRAPHEMES}
          problem={missing.value ? t("lobby.name_required") : null}
          testId="lobby-name"
          onInput={(value) => name.value = value}
        />
      </div>
      <Button type="submit" class="mt-6.5 min-h-12 px-6 lg:landscape:mt-0" testId="lobby-join">
        {t("lobby.join")}
      </Button>
    </form>
  );
}

function Problems({ t, media }: Pick<LobbyProps, "t" | "media">) {
  const problems = deviceProblems(t, media.cameraProblem.value, media.microphoneProblem.value);
  if (problems.length === 0) return null;
  return (
    <div class="flex flex-col gap-2">
      {problems.map((problem) => <Notice key={problem}>{problem}</Notice>)}
      <p class="text-sm text-muted">{t("lobby.without_devices")}</p>
    </div>
  );
}
