import { Lock, ShieldAlert, ShieldCheck } from "lucide-preact";
import type { Protection } from "../../lib/client/call/call_state.ts";
import type { RoomWords } from "../room_words.ts";

/** How the connection to one person is protected, in a sign and in words: never silently less. */
export function ProtectionMark({ t, protection }: { t: RoomWords; protection: Protection }) {
  switch (protection.kind) {
    case "agreeing":
      return null;
    case "encrypted": {
      const words = t(protection.byLink ? "call.encrypted_verified" : "call.encrypted");
      const Sign = protection.byLink ? ShieldCheck : Lock;
      return (
        <span title={words} class="shrink-0">
          <Sign class="size-4 text-[#8fe0bf]" aria-label={words} role="img" />
        </span>
      );
    }
    case "transport":
    case "failed":
      return (
        <span class="flex items-center gap-1 rounded-md bg-[#7a1f10] px-1.5 py-0.5 text-xs">
          <ShieldAlert class="size-4 shrink-0" aria-hidden="true" />
          {t(protection.kind === "transport" ? "call.transport_only" : "call.encryption_failed")}
        </span>
      );
    default:
      protection satisfies never;
      return null;
  }
}
