import { type Signal, useSignal } from "@preact/signals";
import { Volume2 } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import type { RemotePerson } from "../../lib/client/call/call_state.ts";
import type { RoomWords } from "../room_words.ts";

interface RemoteSoundProps {
  t: RoomWords;
  others: readonly RemotePerson[];
  speakerId: string;
}

/** Everybody's sound, and a way to free it where the browser waits for a tap. */
export function RemoteSound({ t, others, speakerId }: RemoteSoundProps) {
  const blocked = useSignal(false);
  const ref = useRef<HTMLDivElement>(null);
  const unblock = () => {
    blocked.value = false;
    for (const element of ref.current?.querySelectorAll("audio") ?? []) void play(element, blocked);
  };
  return (
    <div ref={ref}>
      {others.map(({ id, audio, screenAudio }) => (
        <div key={id}>
          <Sound stream={audio} id={id} kind="audio" speakerId={speakerId} blocked={blocked} />
          <Sound
            stream={screenAudio}
            id={id}
            kind="screen-audio"
            speakerId={speakerId}
            blocked={blocked}
          />
        </div>
      ))}
      {blocked.value && (
        <div class="absolute inset-0 z-20 flex items-center justify-center bg-black/60">
          <button
            type="button"
            class="flex flex-col items-center gap-2 rounded-3xl bg-accent px-8 py-6 text-accent-ink"
            data-testid="tap-to-hear"
            onClick={unblock}
          >
            <Volume2 class="size-8" aria-hidden="true" />
            <span class="text-lg font-bold">{t("call.tap_to_hear")}</span>
            <span class="text-sm">{t("call.tap_to_hear_hint")}</span>
          </button>
        </div>
      )}
    </div>
  );
}

interface SoundProps {
  stream: MediaStream;
  id: number;
  kind: "audio" | "screen-audio";
  speakerId: string;
  blocked: Signal<boolean>;
}

function Sound({ stream, id, kind, speakerId, blocked }: SoundProps) {
  const ref = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    element.srcObject = stream;
    void play(element, blocked);
  }, [stream]);
  useEffect(() => {
    if (ref.current !== null) void chooseOutput(ref.current, speakerId);
  }, [speakerId]);
  return <audio ref={ref} autoplay data-participant-id={id} data-kind={kind} />;
}

async function play(element: HTMLAudioElement, blocked: Signal<boolean>): Promise<void> {
  try {
    await element.play();
  } catch (error) {
    // Other failures (the person left while the element was loading) need no tap.
    if (error instanceof DOMException && error.name === "NotAllowedError") blocked.value = true;
  }
}

async function chooseOutput(element: HTMLAudioElement, speakerId: string): Promise<void> {
  if (!("setSinkId" in element)) return;
  try {
    await element.setSinkId(speakerId);
  } catch {
    // The device is gone: the sound stays where it was, which is the best there is.
  }
}
