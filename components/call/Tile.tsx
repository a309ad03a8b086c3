import { useComputed, useSignal } from "@preact/signals";
import { EllipsisVertical, Pin, PinOff } from "lucide-preact";
import { useRef } from "preact/hooks";
import type { CallState, RemotePerson } from "../../lib/client/call/call_state.ts";
import type { QualityView } from "../../lib/client/quality/quality_view.ts";
import { fillsTile, type Rect } from "../../lib/shared/domain/layout.ts";
import { Video } from "../ui/Video.tsx";
import type { RoomWords } from "../room_words.ts";
import { Faceless } from "./Faceless.tsx";
import { NamePlate } from "./NamePlate.tsx";
import { placeAt, tileClass } from "./place.ts";
import { SpeakingRing } from "./SpeakingRing.tsx";
import { useWatched } from "./watched.ts";

interface TileProps {
  t: RoomWords;
  person: RemotePerson;
  rect: Rect;
  /** It may glide to its place, and rise when it comes. */
  calm: CallState["calm"];
  activeSpeaker: CallState["activeSpeaker"];
  quality: QualityView;
  /** Only where people do not all fit on one page. */
  pin?: { readonly pinned: boolean; readonly toggle: () => void };
  /** Undefined where nothing may be done with this person. */
  onMore?: OpenPerson;
  /** Opens the view of the encryption with this person. */
  onProtection: (participantId: number) => void;
}

/** Opens the menu of a person beside the button that was pressed. */
export type OpenPerson = (participantId: number, anchor: DOMRect) => void;

/** One other person. The video element stays for as long as the person does. */
export function CameraTile(props: TileProps) {
  const { t, person, rect, calm, activeSpeaker, quality, pin, onMore, onProtection } = props;
  const { user_id, user_name, is_muted, is_hand_raised } = person.participant.value;
  const theirs = quality.person(person.id).value;
  const soundOnly = quality.choice.value === "audio_only";
  // A picture that stopped on purpose would stand there like a frozen one.
  const shown = person.showsCamera.value && !theirs.paused && !soundOnly;
  /** Null until the first picture is there. */
  const aspect = useSignal<number | null>(null);
  const rise = useRise(calm);
  const speaking = useComputed(() => activeSpeaker.value === person.id);
  const fit = fillsTile(aspect.value ?? 1, rect.width / rect.height)
    ? "object-cover"
    : "object-contain";
  return (
    <article
      ref={useWatched(quality, person.id, "camera")}
      class={`${rise} bg-surface ${tileClass(calm.value)}`}
      style={placeAt(rect)}
      aria-label={user_name}
      data-testid="tile"
      data-participant-id={person.id}
      data-kind="camera"
      data-link={person.link.value}
      data-protection={person.protection.value.kind}
    >
      {(!shown || aspect.value === null) && <Faceless name={user_name} id={user_id} rect={rect} />}
      <Video
        stream={person.camera}
        class={`absolute inset-0 size-full ${fit} ${shown ? "" : "opacity-0"}`}
        onAspect={(value) => aspect.value = value}
      />
      <LinkVeil t={t} person={person} />
      {person.showsCamera.value && person.link.value === "connected" && !shown && (
        <p class={`absolute inset-x-2 top-2 mx-auto w-fit ${CHIP}`} data-testid="picture-paused">
          {t(soundOnly ? "quality.audio_only_here" : "quality.paused_here")}
        </p>
      )}
      <NamePlate
        t={t}
        name={user_name}
        muted={is_muted}
        handRaised={is_hand_raised}
        protection={person.protection.value}
        onProtection={() => onProtection(person.id)}
        quality={theirs}
      />
      <SpeakingRing speaking={speaking} />
      {pin && <PinButton t={t} name={user_name} {...pin} />}
      {onMore && <More t={t} person={person} onMore={onMore} />}
    </article>
  );
}

/** A shared screen: never cropped, text must stay readable. */
export function ScreenTile(
  { t, person, rect, calm, quality, onMore }: Omit<
    TileProps,
    "activeSpeaker" | "pin" | "onProtection"
  >,
) {
  const name = t("call.screen_of", { name: person.participant.value.user_name });
  const rise = useRise(calm);
  return (
    <article
      ref={useWatched(quality, person.id, "screen")}
      class={`${rise} bg-black ${tileClass(calm.value)}`}
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
      {onMore && <More t={t} person={person} onMore={onMore} />}
    </article>
  );
}

/** Decided when it comes: what has long been there does not rise once the call is calm. */
function useRise(calm: CallState["calm"]): string {
  return useRef(calm.value ? "animate-rise" : "").current;
}

/** Small to look at, large to hit. */
function More({ t, person, onMore }: Required<Pick<TileProps, "t" | "person" | "onMore">>) {
  return (
    <button
      type="button"
      class="absolute top-0 right-0 z-1 flex size-11 items-center justify-center text-white"
      aria-label={t("people.more", { name: person.participant.value.user_name })}
      aria-haspopup="dialog"
      data-testid="tile-more"
      data-participant-id={person.id}
      onClick={(event) => onMore(person.id, event.currentTarget.getBoundingClientRect())}
    >
      <span class="rounded-lg bg-black/45 p-1.5">
        <EllipsisVertical class="size-4.5" aria-hidden="true" />
      </span>
    </button>
  );
}

function PinButton(
  { t, name, pinned, toggle }: { t: RoomWords; name: string } & Required<TileProps>["pin"],
) {
  const Sign = pinned ? PinOff : Pin;
  return (
    <button
      type="button"
      class="absolute top-0 left-0 z-1 flex size-11 items-center justify-center text-white"
      aria-label={t(pinned ? "quality.unpin" : "quality.pin", { name })}
      aria-pressed={pinned}
      data-testid="tile-pin"
      onClick={toggle}
    >
      <span class={`rounded-lg p-1.5 ${pinned ? "bg-accent text-accent-ink" : "bg-black/45"}`}>
        <Sign class="size-4.5" aria-hidden="true" />
      </span>
    </button>
  );
}

/** Says in words why the picture stands still or is not there yet. */
function LinkVeil({ t, person }: { t: RoomWords; person: RemotePerson }) {
  const link = person.link.value;
  const unprotected = unprotectedWords(t, person);
  if (unprotected !== null) {
    return (
      <div class="absolute inset-0 flex items-center justify-center bg-black/55 p-2">
        <p class={`max-w-sm ${CHIP}`} data-testid="tile-unprotected">{unprotected}</p>
      </div>
    );
  }
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

/** Null: the encryption is no reason to hold anything back. */
function unprotectedWords(t: RoomWords, { participant, protection }: RemotePerson): string | null {
  const { user_name: name } = participant.value;
  const now = protection.value;
  if (now.kind === "failed") return t("protection.veil_failed", { name });
  return now.kind === "refused" ? t(`protection.veil_refused_${now.lacking}`, { name }) : null;
}

const CHIP = "rounded-lg bg-black/60 px-2.5 py-1 text-center text-sm text-white";
