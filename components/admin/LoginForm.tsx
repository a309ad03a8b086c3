import type { JSX } from "preact";
import { MAX_ADMIN_NAME_CHARS } from "../../lib/shared/protocol/limits.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { useLive } from "../ui/live.ts";
import { Notice } from "../ui/Notice.tsx";
import { PasswordField } from "../ui/PasswordField.tsx";
import type { LoginWords } from "./scene.ts";

interface LoginFormProps {
  t: LoginWords;
  busy: boolean;
  problem: string | null;
  onSubmit: (values: { username: string; password: string }) => void;
}

export function LoginForm({ t, busy, problem, onSubmit }: LoginFormProps) {
  const live = useLive();
  const submit = (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    onSubmit({
      username: String(values.get("username")).trim(),
      password: String(values.get("password")),
    });
  };
  // `post`: before the script is there, the browser must not put the password into the address.
  return (
    <form
      class="flex flex-col gap-5"
      method="post"
      data-testid="admin-login"
      onSubmit={submit}
    >
      <Field
        label={t("admin.login_name")}
        name="username"
        autocomplete="username"
        autoCapitalize="none"
        maxLength={MAX_ADMIN_NAME_CHARS}
        required
        testId="admin-login-name"
      />
      <PasswordField
        label={t("admin.login_password")}
        name="password"
        autocomplete="current-password"
        required
        words={{ show: t("admin.show_password"), hide: t("admin.hide_password") }}
        testId="admin-login-password"
      />
      {problem && <Notice testId="admin-login-problem">{problem}</Notice>}
      <Button
        type="submit"
        class="min-h-12"
        disabled={busy}
        pending={!live.value}
        testId="admin-login-submit"
      >
        {busy ? t("admin.login_submitting") : t("admin.login_submit")}
      </Button>
    </form>
  );
}
