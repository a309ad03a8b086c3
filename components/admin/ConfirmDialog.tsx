import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import type { AdminWords } from "./scene.ts";

interface ConfirmDialogProps {
  t: AdminWords;
  question: string;
  /** What follows from it. */
  consequence: string;
  /** On the button that does it. */
  deed: string;
  /** @returns what went wrong; null when it is done and the dialog may go. */
  onConfirm: () => Promise<string | null>;
  onClose: () => void;
}

/** Asks before something is done that cannot be undone. Escape and a tap outside say no. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t, question, consequence, deed, onConfirm, onClose } = props;
  const ref = useRef<HTMLDialogElement>(null);
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  useLayoutEffect(() => ref.current?.showModal(), []);
  const confirm = async () => {
    busy.value = true;
    problem.value = await onConfirm();
    busy.value = false;
    if (problem.value === null) ref.current?.close();
  };
  return (
    <dialog
      ref={ref}
      class="animate-rise w-[min(28rem,calc(100vw-1.5rem))] rounded-3xl bg-surface p-6 text-ink"
      aria-labelledby="confirm-question"
      aria-describedby="confirm-consequence"
      data-testid="admin-confirm"
      onClose={onClose}
      onCancel={(event) => busy.value && event.preventDefault()}
      onClick={(event) => event.target === ref.current && !busy.value && ref.current?.close()}
    >
      <h2 id="confirm-question" class="text-xl font-bold break-words">{question}</h2>
      <p id="confirm-consequence" class="mt-2 text-muted">{consequence}</p>
      {problem.value !== null && (
        <div class="mt-4">
          <Notice testId="admin-confirm-problem">{problem.value}</Notice>
        </div>
      )}
      <div class="mt-6 flex flex-wrap-reverse justify-end gap-3">
        <Button
          look="quiet"
          class="min-h-12 grow sm:grow-0"
          disabled={busy.value}
          testId="admin-confirm-no"
          onClick={() => ref.current?.close()}
        >
          {t("admin.cancel")}
        </Button>
        <Button
          look="danger"
          class="min-h-12 grow sm:grow-0"
          disabled={busy.value}
          testId="admin-confirm-yes"
          onClick={() => void confirm()}
        >
          {busy.value ? t("admin.working") : deed}
        </Button>
      </div>
    </dialog>
  );
}
