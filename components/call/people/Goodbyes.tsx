import type { JSX } from "preact";
import { MAX_BAN_REASON_CHARS } from "../../../lib/shared/protocol/limits.ts";
import type { RoomWords } from "../../room_words.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";

interface RemoveFormProps {
  t: RoomWords;
  onCancel: () => void;
  onConfirm: () => void;
}

export function RemoveForm({ t, onCancel, onConfirm }: RemoveFormProps) {
  return (
    <form class="flex flex-col gap-5" onSubmit={submitting(onConfirm)}>
      <p class="text-muted">{t("people.remove_hint")}</p>
      <Answer t={t} confirm={t("people.do_remove")} onCancel={onCancel} />
    </form>
  );
}

interface BanFormProps extends Omit<RemoveFormProps, "onConfirm"> {
  onConfirm: (reason: string) => void;
}

export function BanForm({ t, onCancel, onConfirm }: BanFormProps) {
  const submit = (form: HTMLFormElement) => onConfirm(String(new FormData(form).get("reason")));
  return (
    <form class="flex flex-col gap-5" onSubmit={submitting(submit)}>
      <p class="text-muted">{t("people.ban_hint")}</p>
      <Field
        label={t("people.ban_reason")}
        name="reason"
        maxLength={MAX_BAN_REASON_CHARS}
        testId="ban-reason"
      />
      <Answer t={t} confirm={t("people.do_ban")} onCancel={onCancel} />
    </form>
  );
}

export function EndForm({ t, onCancel, onConfirm }: RemoveFormProps) {
  return (
    <form class="flex flex-col gap-5" onSubmit={submitting(onConfirm)}>
      <p class="text-muted">{t("people.end_hint")}</p>
      <Answer t={t} confirm={t("people.end")} onCancel={onCancel} />
    </form>
  );
}

interface AnswerProps extends Pick<RemoveFormProps, "t" | "onCancel"> {
  confirm: string;
}

function Answer({ t, confirm, onCancel }: AnswerProps) {
  return (
    <div class="flex flex-wrap justify-end gap-3">
      <Button look="quiet" class="min-h-12" onClick={onCancel}>{t("people.cancel")}</Button>
      <Button type="submit" look="danger" class="min-h-12" testId="confirm">{confirm}</Button>
    </div>
  );
}

function submitting(submit: (form: HTMLFormElement) => void) {
  return (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(event.currentTarget);
  };
}
