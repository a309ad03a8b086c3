import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";

export const INPUT_CLASS = `h-12 w-full rounded-xl border border-edge bg-field px-3.5 text-base
  text-ink placeholder:text-muted/80 transition-colors hover:border-ink/60`;

interface FieldProps {
  label: string;
  name: string;
  hint?: string;
  /** Shown in place of the hint, and announced. */
  problem?: string | null;
  type?: "text" | "password" | "number";
  /** What is in it at first. What was typed before the script was there stays. */
  initial?: string;
  placeholder?: string;
  autocomplete?: string;
  maxLength?: number;
  /** Of a number. */
  range?: { readonly min: number; readonly max: number };
  required?: boolean;
  autoCapitalize?: "none" | "words" | "characters";
  testId?: string;
  onInput?: (value: string) => void;
  /** Sits at the end of the input, such as a "show password" button. */
  children?: ComponentChildren;
}

/** A labelled text input with its hint or its problem. */
export function Field(props: FieldProps) {
  const id = useId();
  const note = props.problem || props.hint;
  const onInput = (event: JSX.TargetedInputEvent<HTMLInputElement>) =>
    props.onInput?.(event.currentTarget.value);
  return (
    <div class="flex flex-col gap-1.5">
      <label for={id} class="text-sm font-semibold">{props.label}</label>
      <div class="relative">
        <input
          id={id}
          class={`${INPUT_CLASS} ${props.children ? "pr-13" : ""}`}
          name={props.name}
          type={props.type ?? "text"}
          defaultValue={props.initial}
          placeholder={props.placeholder}
          autocomplete={props.autocomplete ?? "off"}
          autocapitalize={props.autoCapitalize}
          maxLength={props.maxLength}
          min={props.range?.min}
          max={props.range?.max}
          required={props.required}
          spellcheck={false}
          aria-describedby={note ? `${id}-note` : undefined}
          aria-invalid={props.problem ? true : undefined}
          data-testid={props.testId}
          onInput={onInput}
        />
        {props.children}
      </div>
      <p
        id={`${id}-note`}
        class={`text-sm empty:hidden ${props.problem ? "text-danger" : "text-muted"}`}
        aria-live="polite"
      >
        {note}
      </p>
    </div>
  );
}
