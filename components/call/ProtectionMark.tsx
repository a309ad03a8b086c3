import { Lock, ShieldAlert, ShieldCheck } from "lucide-preact";
import type { Protection } from "../../lib/client/call/call_state.ts";
import type { RoomWords } from "../room_words.ts";
import { wordsKeyOf } from "./protection_words.ts";

interface ProtectionMarkProps {
  t: RoomWords;
  name: string;
  protection: Protection;
  onOpen: () => void;
}

/** Easier to hit than to see; the mark itself stays small. */
const HIT = "relative before:absolute before:-inset-3 before:content-['']";

/**
 * How the connection to one person is protected, in a sign and in words: never silently less. Opens
 * the view that says more.
 */
export function ProtectionMark({ t, name, protection, onOpen }: ProtectionMarkProps) {
  if (protection.kind === "agreeing") return null;
  const words = t(wordsKeyOf(protection));
  const isGood = protection.kind === "encrypted";
  const verified = isGood ? protection.verified : null;
  const Sign = isGood ? (verified === null ? Lock : ShieldCheck) : ShieldAlert;
  return (
    <button
      type="button"
      class={`flex shrink-0 items-center gap-1 ${HIT} ${
        isGood ? "text-[#8fe0bf]" : "rounded-md bg-[#7a1f10] px-1.5 py-0.5 text-xs text-white"
      }`}
      title={words}
      aria-label={t("protection.details_of", { name, words })}
      aria-haspopup="dialog"
      data-testid="protection-mark"
      data-verified={verified ?? "no"}
      onClick={onOpen}
    >
      <Sign class="size-4 shrink-0" aria-hidden="true" />
      {!isGood && words}
    </button>
  );
}
