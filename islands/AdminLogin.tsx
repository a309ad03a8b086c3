import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { LoginForm } from "../components/admin/LoginForm.tsx";
import type { LoginWords } from "../components/admin/scene.ts";
import { adminLogin } from "../lib/client/api/admin_client.ts";
import type { AdminLoginProps } from "../lib/shared/admin_page_props.ts";
import { formatDuration } from "../lib/shared/i18n/format.ts";
import type { Locale } from "../lib/shared/i18n/locale.ts";
import { createTranslator, errorText } from "../lib/shared/i18n/translator.ts";
import type { ErrorBody } from "../lib/shared/protocol/errors.ts";

/** Signs an administrator in and goes where they were heading. */
export default function AdminLogin({ locale, messages, next }: AdminLoginProps) {
  const t = useMemo(() => createTranslator(locale, messages), [locale, messages]);
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const submit = async (values: { username: string; password: string }) => {
    busy.value = true;
    problem.value = null;
    const answer = await adminLogin(values);
    if (answer.ok) return location.assign(next);
    problem.value = problemText(t, locale, answer.error);
    busy.value = false;
  };
  return <LoginForm t={t} busy={busy.value} problem={problem.value} onSubmit={submit} />;
}

function problemText(t: LoginWords, locale: Locale, error: ErrorBody): string {
  switch (error.error_code) {
    case "INVALID_CREDENTIALS":
    // A name that no account could have.
    // falls through
    case "VALIDATION_ERROR":
      return t("admin.login_wrong");
    case "TOO_MANY_REQUESTS":
      return t("admin.login_blocked", {
        time: formatDuration(locale, Number(error.retry_after ?? 60)),
      });
    default:
      return errorText(t, error);
  }
}
