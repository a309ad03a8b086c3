import { Hand, MicOff } from "lucide-preact";
import type { Protection } from "../../lib/client/call/call_state.ts";
import type { PersonQuality } from "../../lib/client/quality/quality_view.ts";
import type { RoomWords } from "../room_words.ts";
import { ProtectionMark } from "./ProtectionMark.tsx";
import { QualityMark } from "./QualityMark.tsx";

interface NamePlateProps {
  t: RoomWords;
  name: string;
  muted?: boolean;
  handRaised?: boolean;
  /** Others only: how what they send is protected. */
  protection?: Protection;
  onProtection?: () => void;
  /** Others only: how well they come through. */
  quality?: PersonQuality;
}

/** Name, and what cannot be seen: a closed microphone, a raised hand, the encryption. */
export function NamePlate(props: NamePlateProps) {
  const { t, name, muted = false, handRaised = false, protection, onProtection, quality } = props;
  return (
    <div class="absolute inset-x-2 bottom-2 flex items-center gap-1.5 text-sm font-medium text-white">
      <span class="flex min-w-0 items-center gap-1.5 rounded-lg bg-black/60 px-2 py-1">
        {muted && (
          <MicOff
            class="size-4 shrink-0 text-[#ffb3a8]"
            aria-label={t("call.muted")}
            role="img"
          />
        )}
        <span class="truncate">{name}</span>
        {protection && onProtection && (
          <ProtectionMark t={t} name={name} protection={protection} onOpen={onProtection} />
        )}
        {quality && <QualityMark t={t} quality={quality} />}
      </span>
      {handRaised && (
        <span class="animate-rise rounded-lg bg-warm p-1 text-[#3b2a1c]">
          <Hand class="size-4.5" aria-label={t("call.hand_raised")} role="img" />
        </span>
      )}
    </div>
  );
}
