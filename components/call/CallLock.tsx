import { Lock, type LucideIcon, ShieldAlert, ShieldCheck } from "lucide-preact";
import type { CallState } from "../../lib/client/call/call_state.ts";
import type { RoomWords } from "../room_words.ts";
import { buttonClass } from "../ui/Button.tsx";
import { type CallProtection, callProtection } from "./protection_words.ts";

type Shown = Exclude<CallProtection, "alone" | "agreeing">;

const LOOKS: Record<Shown, { Sign: LucideIcon; class: string }> = {
  failed: { Sign: ShieldAlert, class: "bg-[#7a1f10] text-white" },
  partly: { Sign: ShieldAlert, class: "bg-[#7a1f10] text-white" },
  left_out: { Sign: ShieldAlert, class: "bg-warm text-[#2d1d0e]" },
  encrypted: { Sign: Lock, class: "bg-white/10 text-[#8fe0bf] hover:bg-white/18" },
  verified: { Sign: ShieldCheck, class: "bg-white/10 text-[#8fe0bf] hover:bg-white/18" },
};

interface CallLockProps {
  t: RoomWords;
  state: CallState;
  onOpen: () => void;
}

/** The encryption of the whole call in one place; opens the view that says more. */
export function CallLock({ t, state, onOpen }: CallLockProps) {
  const now = callProtection(state.others.value);
  if (now === "alone" || now === "agreeing") return null;
  const { Sign, class: colours } = LOOKS[now];
  const words = t(`protection.call_${now}`);
  const isBad = Sign === ShieldAlert;
  return (
    <button
      type="button"
      class={buttonClass("bare", `shrink-0 gap-1.5 px-3 text-sm ${colours}`)}
      aria-label={t("protection.call", { words })}
      aria-haspopup="dialog"
      data-testid="call-lock"
      data-state={now}
      onClick={onOpen}
    >
      <Sign class="size-4.5" aria-hidden="true" />
      <span class={isBad ? "max-sm:sr-only" : "max-xl:sr-only"}>{words}</span>
    </button>
  );
}
