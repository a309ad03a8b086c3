import { RefreshCw, X } from "lucide-preact";
import type { RoomWords } from "../room_words.ts";
import { Button, iconButtonClass } from "../ui/Button.tsx";

interface PartFailedProps {
  t: RoomWords;
  onReload: () => void;
  onClose: () => void;
}

/**
 * Something that loads on demand did not come: the network is away, or the server is a newer one
 * than the page. The call itself goes on.
 */
export function PartFailed({ t, onReload, onClose }: PartFailedProps) {
  return (
    <div
      role="alert"
      class="animate-rise fixed inset-x-3 top-16 z-30 mx-auto flex max-w-md items-start gap-2 rounded-2xl border border-line bg-surface p-2 pl-4 text-ink shadow-lg shadow-black/40"
      data-testid="part-failed"
    >
      <div class="grow py-2">
        <p class="font-medium">{t("call.part_failed")}</p>
        <p class="mt-1 mb-3 text-sm text-muted">{t("call.part_failed_hint")}</p>
        <Button testId="part-reload" onClick={onReload}>
          <RefreshCw class="size-4.5" aria-hidden="true" />
          {t("call.reload")}
        </Button>
      </div>
      <button
        type="button"
        class={iconButtonClass("bare")}
        aria-label={t("common.close")}
        onClick={onClose}
      >
        <X class="size-5" aria-hidden="true" />
      </button>
    </div>
  );
}
