import { useSignal } from "@preact/signals";
import { Eye, EyeOff } from "lucide-preact";
import { MAX_PASSWORD_CHARS } from "../../lib/shared/protocol/limits.ts";
import { Field } from "./Field.tsx";

interface PasswordFieldProps {
  label: string;
  name: string;
  hint?: string;
  problem?: string | null;
  autocomplete: "current-password" | "new-password";
  required?: boolean;
  /** Of the button that shows what was typed. */
  words: { show: string; hide: string };
  testId: string;
  onInput?: (value: string) => void;
}

/** A password, with a button that shows it. */
export function PasswordField({ words, ...field }: PasswordFieldProps) {
  const shown = useSignal(false);
  const Icon = shown.value ? EyeOff : Eye;
  return (
    <Field
      {...field}
      type={shown.value ? "text" : "password"}
      autoCapitalize="none"
      maxLength={MAX_PASSWORD_CHARS}
    >
      <button
        type="button"
        class="absolute inset-y-0.5 right-0.5 flex w-11 items-center justify-center rounded-xl
          text-muted hover:text-ink"
        aria-label={shown.value ? words.hide : words.show}
        onClick={() => shown.value = !shown.value}
      >
        <Icon class="size-5" aria-hidden="true" />
      </button>
    </Field>
  );
}
