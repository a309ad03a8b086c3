import { DoorOpen, LoaderCircle } from "lucide-preact";
import type { Door } from "../../lib/client/call/call_state.ts";
import type { LocalMediaView } from "../../lib/client/media/local_media_types.ts";
import { Button } from "../ui/Button.tsx";
import type { RoomWords } from "../room_words.ts";
import { Devices } from "./Devices.tsx";
import { LobbyFrame } from "./LobbyFrame.tsx";
import { Preview } from "./Preview.tsx";
import { Problems } from "./Problems.tsx";

interface WaitingScreenProps {
  t: RoomWords;
  media: LocalMediaView;
  door: Door;
  person: { id: number; name: string };
  onLeave: () => void;
}

/** In front of the door: nothing of the room but its name, and time to look at one's hair. */
export function WaitingScreen({ t, media, door, person, onLeave }: WaitingScreenProps) {
  const { roomName, moderatorsOnline } = door;
  return (
    <LobbyFrame
      roomName={roomName}
      testId="waiting-screen"
      preview={<Preview t={t} media={media} person={person} />}
    >
      <div role="status" class="flex flex-col gap-2" data-host-present={moderatorsOnline}>
        <p class="flex items-center gap-3 text-2xl font-bold tracking-tight lg:landscape:text-3xl">
          {moderatorsOnline
            ? <LoaderCircle class="size-6 shrink-0 animate-spin text-accent" aria-hidden="true" />
            : <DoorOpen class="size-7 shrink-0 text-accent" aria-hidden="true" />}
          {t("waiting.title")}
        </p>
        <p class="text-muted" data-testid="waiting-hint">
          {t(moderatorsOnline ? "waiting.hint" : "waiting.nobody")}
        </p>
      </div>
      <Button look="quiet" class="min-h-12" testId="waiting-leave" onClick={onLeave}>
        {t("waiting.back")}
      </Button>
      <Problems t={t} media={media} />
      <Devices t={t} media={media} />
    </LobbyFrame>
  );
}
