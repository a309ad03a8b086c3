import type { JSX } from "preact";
import type { Translate } from "../../lib/shared/i18n/translator.ts";
import type { SignInNamespace } from "../../lib/shared/page_props.ts";
import { MAX_USER_NAME_GRAPHEMES } from "../../lib/shared/protocol/limits.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { useLive } from "../ui/live.ts";
import { Notice } from "../ui/Notice.tsx";
import { PasswordField } from "../ui/PasswordField.tsx";

interface SignInFormProps {
  t: Translate<SignInNamespace>;
  busy: boolean;
  problem: string | null;
  onSubmit: (values: { password: string; user_name: string }) => void;
}

export function SignInForm({ t, busy, problem, onSubmit }: SignInFormProps) {
  const live = useLive();
  const submit = (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    onSubmit({
      password: String(values.get("password")),
      user_name: String(values.get("user_name")).trim(),
    });
  };
  // `post`: whatever submits it without the script must not put the password into the address.
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
      <PasswordField
        label={t("login.password")}
        hint={t("login.hint")}
        name="password"
        autocomplete="current-password"
        required
        words={{ show: t("login.show_password"), hide: t("login.hide_password") }}
        testId="signin-password"
      />
      {problem && <Notice>{problem}</Notice>}
      <Button
        type="submit"
        class="min-h-12"
        disabled={busy}
        pending={!live.value}
        testId="signin-submit"
      >
        {busy ? t("login.submitting") : t("login.submit")}
      </Button>
    </form>
  );
}
