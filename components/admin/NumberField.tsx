import { useId } from "preact/hooks";
import { INPUT_CLASS } from "../ui/Field.tsx";

interface NumberFieldProps {
  name: string;
  label: string;
  hint: string;
  value: number;
  min: number;
  max: number;
  testId: string;
}

/** A labelled whole number; the browser says what is wrong with it. */
export function NumberField({ name, label, hint, value, min, max, testId }: NumberFieldProps) {
  const id = useId();
  return (
    <div class="flex flex-col gap-1.5">
      <label for={id} class="text-sm font-semibold">{label}</label>
      <input
        id={id}
        class={INPUT_CLASS}
        type="number"
        inputMode="numeric"
        name={name}
        defaultValue={String(value)}
        min={min}
        max={max}
        step={1}
        required
        aria-describedby={`${id}-note`}
        data-testid={testId}
      />
      <p id={`${id}-note`} class="text-sm text-muted">{hint}</p>
    </div>
  );
}
