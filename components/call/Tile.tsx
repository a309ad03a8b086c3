import { useComputed, useSignal } from "@preact/signals";
import type { CallState, RemotePerson } from "../../lib/client/call/call_state.ts";
import { fillsTile, type Rect } from "../../lib/shared/domain/layout.ts";
import { Video } from "../ui/Video.tsx";
import type { RoomWords } from "../room_words.ts";
import { Faceless } from "./Faceless.tsx";
import { NamePlate } from "./NamePlate.tsx";
import { placeAt, TILE_CLASS } from "./place.ts";
import { SpeakingRing } from "./SpeakingRing.tsx";

interface TileProps {
  t: RoomWords;
  person: RemotePerson;
  rect: Rect;
  activeSpeaker: CallState["activeSpeaker"];
}

/** One other person. The video element stays for as long as the person does. */
export function CameraTile({ t, person, rect, activeSpeaker }: TileProps) {
  const { user_id, user_name, is_muted, is_hand_raised } = person.participant.value;
  const shown = person.showsCamera.value;
  /** Null until the first picture is there. */
  const aspect = useSignal<number | null>(null);
  const speaking = useComputed(() => activeSpeaker.value === person.id);
  const fit = fillsTile(aspect.value ?? 1, rect.width / rect.height)
    ? "object-cover"
    : "object-contain";
  return (
    <article
      class={`animate-rise ${TILE_CLASS}`}
      style={placeAt(rect)}
      aria-label={user_name}
      data-testid="tile"
      data-participant-id={person.id}
      data-kind="camera"
      data-link={person.link.value}
    >
      {(!shown || aspect.value === null) && <Faceless name={user_name} id={user_id} rect={rect} />}
      <Video
        stream={person.camera}
        class={`absolute inset-0 size-full ${fit} ${shown ? "" : "opacity-0"}`}
        onAspect={(value) => aspect.value = value}
      />
      <LinkVeil t={t} person={person} />
      <NamePlate t={t} name={user_name} muted={is_muted} handRaised={is_hand_raised} />
      <SpeakingRing speaking={speaking} />
    </article>
  );
}

/** A shared screen: never cropped, text must stay readable. */
export function ScreenTile({ t, person, rect }: Omit<TileProps, "activeSpeaker">) {
  const name = t("call.screen_of", { name: person.participant.value.user_name });
  return (
    <article
      class={`animate-rise ${TILE_CLASS} bg-black`}
      style={placeAt(rect)}
      aria-label={name}
      data-testid="tile"
      data-participant-id={person.id}
      data-kind="screen"
      data-link={person.link.value}
    >
      <Video stream={person.screen} class="absolute inset-0 size-full object-contain" />
      <LinkVeil t={t} person={person} />
      <NamePlate t={t} name={name} />
    </article>
  );
}

/** Says in words why the picture stands still or is not there yet. */
function LinkVeil({ t, person }: { t: RoomWords; person: RemotePerson }) {
  const link = person.link.value;
  if (link === "connected" && person.participant.value.is_online) return null;
  if (link === "interrupted") {
    return (
      <div class="absolute inset-0 flex items-center justify-center bg-black/55 p-2">
        <p class={CHIP}>{t("call.person_interrupted")}</p>
      </div>
    );
  }
  // With the link up, sound and picture go on: a note is enough.
  return (
    <p class={`absolute top-2 left-1/2 -translate-x-1/2 ${CHIP}`}>
      {t(link === "connecting" ? "call.person_connecting" : "call.person_offline")}
    </p>
  );
}

const CHIP = "rounded-lg bg-black/60 px-2.5 py-1 text-center text-sm text-white";
