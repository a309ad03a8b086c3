import { LoaderCircle } from "lucide-preact";
import type { RoomWords } from "../room_words.ts";

/** A page that was loaded again during the call: dark as the call that comes back in an instant. */
export function Opening({ t }: { t: RoomWords }) {
  return (
    <main
      class="stage fixed inset-0 flex items-center justify-center bg-paper text-ink"
      data-testid="opening"
    >
      <p role="status" class="flex items-center gap-2 text-sm text-muted">
        <LoaderCircle class="size-4.5 animate-spin" aria-hidden="true" />
        {t("call.connecting")}
      </p>
    </main>
  );
}
