import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { SignInForm } from "../components/home/SignInForm.tsx";
import { login } from "../lib/client/api/api_client.ts";
import { createTranslator, errorText } from "../lib/shared/i18n/translator.ts";
import type { SignInProps } from "../lib/shared/page_props.ts";

/** Signs in and goes where the person was heading. */
export default function SignIn({ locale, messages, next }: SignInProps) {
  const t = useMemo(() => createTranslator(locale, messages), [locale, messages]);
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const submit = async (values: { password: string; user_name: string }) => {
    busy.value = true;
    problem.value = null;
    const answer = await login(values);
    if (answer.ok) return location.assign(next);
    problem.value = errorText(t, answer.error);
    busy.value = false;
  };
  return <SignInForm t={t} busy={busy.value} problem={problem.value} onSubmit={submit} />;
}
