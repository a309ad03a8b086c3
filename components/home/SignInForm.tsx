import { useSignal } from "@preact/signals";
import { Eye, EyeOff } from "lucide-preact";
import type { JSX } from "preact";
import type { Translate } from "../../lib/shared/i18n/translator.ts";
import type { SignInNamespace } from "../../lib/shared/page_props.ts";
import { MAX_PASSWORD_CHARS, MAX_USER_NAME_GRAPHEMES } from "../../lib/shared/protocol/limits.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Notice } from "../ui/Notice.tsx";

interface SignInFormProps {
  t: Translate<SignInNamespace>;
  busy: boolean;
  problem: string | null;
  onSubmit: (values: { password: string; user_name: string }) => void;
}

export function SignInForm({ t, busy, problem, onSubmit }: SignInFormProps) {
  const submit = (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    onSubmit({
      password: String(values.get("password")),
      user_name: String(values.get("user_name")).trim(),
    });
  };
  // `post`: before the script is there, the browser must not put the password into the address.
  return (
    <form
      class="flex flex-col gap-5"
      method="post"
      data-testid="signin-form"
      onSubmit={submit}
    >
      <Field
        label={t("login.name")}
        hint={t("login.name_hint")}
        name="user_name"
        autocomplete="name"
        autoCapitalize="words"
        maxLength={MAX_USER_NAME_GRAPHEMES}
        required
        testId="signin-name"
      />
      <PasswordField t={t} />
      {problem && <Notice>{problem}</Notice>}
      <Button type="submit" class="min-h-12" disabled={busy} testId="signin-submit">
        {busy ? t("login.submitting") : t("login.submit")}
      </Button>
    </form>
  );
}

function PasswordField({ t }: { t: Translate<SignInNamespace> }) {
  const shown = useSignal(false);
  const Icon = shown.value ? EyeOff : Eye;
  return (
    <Field
      label={t("login.password")}
      hint={t("login.hint")}
      name="password"
      type={shown.value ? "text" : "password"}
      autocomplete="current-password"
      maxLength={MAX_PASSWORD_CHARS}
      required
      testId="signin-password"
    >
      <button
        type="button"
        class="absolute inset-y-0.5 right-0.5 flex w-11 items-center justify-center rounded-xl
          text-muted hover:text-ink"
        aria-label={t(shown.value ? "login.hide_password" : "login.show_password")}
        onClick={() => shown.value = !shown.value}
      >
        <Icon class="size-5" aria-hidden="true" />
      </button>
    </Field>
  );
}
