import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { MIN_ACCESS_PASSWORD_CHARS } from "../../lib/shared/protocol/limits.ts";
import type {
  AccessPasswordAnswer,
  ChangeAccessPassword,
} from "../../lib/shared/protocol/admin_operations.ts";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { useLive } from "../ui/live.ts";
import { Notice } from "../ui/Notice.tsx";
import { PasswordField } from "../ui/PasswordField.tsx";
import { Toggle } from "../ui/Toggle.tsx";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import type { AdminWords } from "./scene.ts";

/** The answer, or what went wrong. */
export type ChangePassword = (
  change: ChangeAccessPassword,
) => Promise<AccessPasswordAnswer | string>;

interface AccessPasswordFormProps {
  t: AdminWords;
  onChange: ChangePassword;
}

/** The password that people sign in with. Signing everybody out is asked about first. */
export function AccessPasswordForm({ t, onChange }: AccessPasswordFormProps) {
  const form = useChange(onChange);
  const submit = (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    form.submit(new FormData(event.currentTarget));
  };
  return (
    <section class="flex flex-col gap-5 rounded-3xl bg-surface p-5 sm:p-7">
      <div>
        <h2 class="text-xl font-bold">{t("admin.access_password")}</h2>
        <p class="mt-1 text-muted">{t("admin.access_password_hint")}</p>
      </div>
      <form
        key={form.round.value}
        class="flex max-w-md flex-col gap-4"
        method="post"
        data-testid="admin-access-password"
        onSubmit={submit}
      >
        <Fields t={t} form={form} />
      </form>
      {form.answer.value !== null && <Changed t={t} answer={form.answer.value} />}
      {form.asking.value !== null && (
        <ConfirmDialog
          t={t}
          question={t("admin.ask_change_password")}
          consequence={t("admin.ask_change_password_hint")}
          deed={t("admin.change_password_long")}
          onConfirm={form.confirm}
          onClose={form.cancel}
        />
      )}
    </section>
  );
}

type Form = ReturnType<typeof useChange>;

function Fields({ t, form }: { t: AdminWords; form: Form }) {
  const live = useLive();
  const count = MIN_ACCESS_PASSWORD_CHARS;
  return (
    <>
      <PasswordField
        label={t("admin.new_password")}
        hint={t("admin.new_password_hint", { count })}
        problem={form.tooShort.value ? t("admin.new_password_short", { count }) : null}
        name="password"
        autocomplete="new-password"
        words={{ show: t("admin.show_password"), hide: t("admin.hide_password") }}
        testId="admin-new-password"
        onInput={() => form.tooShort.value = false}
      />
      <div data-testid="admin-end-sessions">
        <Toggle
          name="end_sessions"
          label={t("admin.end_sessions")}
          hint={t("admin.end_sessions_hint")}
        />
      </div>
      {form.problem.value !== null && <Notice>{form.problem.value}</Notice>}
      <Button
        type="submit"
        class="min-h-12 sm:self-start"
        disabled={form.busy.value}
        pending={!live.value}
        testId="admin-change-password"
      >
        {t(form.busy.value ? "admin.changing_password" : "admin.change_password")}
      </Button>
    </>
  );
}

function useChange(onChange: ChangePassword) {
  const busy = useSignal(false);
  const tooShort = useSignal(false);
  const problem = useSignal<string | null>(null);
  const asking = useSignal<ChangeAccessPassword | null>(null);
  const answer = useSignal<AccessPasswordAnswer | null>(null);
  /** A new round empties the form. */
  const round = useSignal(0);
  const change = async (wish: ChangeAccessPassword): Promise<string | null> => {
    busy.value = true;
    const outcome = await onChange(wish);
    busy.value = false;
    if (typeof outcome === "string") return outcome;
    answer.value = outcome;
    round.value++;
    return null;
  };
  const submit = async (values: FormData) => {
    const password = String(values.get("password")).trim();
    const end_sessions = values.has("end_sessions");
    problem.value = answer.value = null;
    tooShort.value = password !== "" && password.length < MIN_ACCESS_PASSWORD_CHARS;
    if (tooShort.value) return;
    const wish = { end_sessions, ...(password === "" ? {} : { password }) };
    if (end_sessions) asking.value = wish;
    else problem.value = await change(wish);
  };
  return {
    busy,
    tooShort,
    problem,
    asking,
    answer,
    round,
    submit: (values: FormData) => void submit(values),
    confirm: () => asking.value === null ? Promise.resolve(null) : change(asking.value),
    cancel: () => asking.value = null,
  };
}

function Changed({ t, answer }: { t: AdminWords; answer: AccessPasswordAnswer }) {
  const { generated_password: generated, ended_sessions: ended } = answer;
  return (
    <div
      role="status"
      class="flex flex-col gap-3 rounded-2xl bg-accent-soft p-4"
      data-testid="admin-password-changed"
    >
      <p class="font-semibold">
        {t("admin.password_changed")}
        {ended > 0 && ` ${t("admin.ended_sessions", { count: ended })}`}
      </p>
      {generated !== null && (
        <>
          <p>{t("admin.password_generated")}</p>
          <div class="flex flex-wrap items-center gap-3">
            <code
              class="rounded-xl bg-field px-3.5 py-2.5 font-mono text-lg select-all"
              data-testid="admin-generated-password"
            >
              {generated}
            </code>
            <CopyButton
              text={generated}
              words={{ copy: t("common.copy"), copied: t("common.copied") }}
              copied={t("common.copied")}
              class="min-h-12"
            />
          </div>
        </>
      )}
    </div>
  );
}
