import type { Translate } from "../../lib/shared/i18n/translator.ts";
import type { RecordingsNamespace } from "../../lib/shared/page_props.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Sheet } from "../ui/Sheet.tsx";

interface RemoveDialogProps {
  t: Translate<RecordingsNamespace>;
  /** Of the room. */
  name: string;
  busy: boolean;
  problem: string | null;
  onRemove: () => void;
  onClose: () => void;
}

/** Asks before a recording is gone. */
export function RemoveDialog({ t, name, busy, problem, onRemove, onClose }: RemoveDialogProps) {
  return (
    <Sheet
      title={t("recordings.remove_title")}
      closeLabel={t("common.close")}
      testId="recording-remove-dialog"
      onClose={onClose}
    >
      <p class="text-muted">{t("recordings.remove_hint", { name })}</p>
      {problem !== null && (
        <div class="mt-4">
          <Notice>{problem}</Notice>
        </div>
      )}
      <div class="mt-6 flex flex-wrap-reverse justify-end gap-3">
        <Button look="quiet" class="grow sm:grow-0" disabled={busy} onClick={onClose}>
          {t("recordings.keep")}
        </Button>
        <Button
          look="danger"
          class="grow sm:grow-0"
          disabled={busy}
          testId="recording-remove-confirm"
          onClick={onRemove}
        >
          {t(busy ? "recordings.removing" : "recordings.remove_yes")}
        </Button>
      </div>
    </Sheet>
  );
}
