import { ChevronDown } from "lucide-preact";
import { useId } from "preact/hooks";
import { INPUT_CLASS } from "../ui/Field.tsx";

interface SelectProps {
  name: string;
  label: string;
  hint: string;
  value: string | number;
  choices: readonly { readonly value: string | number; readonly label: string }[];
  testId: string;
}

/** A labelled choice of one. */
export function Select({ name, label, hint, value, choices, testId }: SelectProps) {
  const id = useId();
  return (
    <div class="flex flex-col gap-1.5">
      <label for={id} class="text-sm font-semibold">{label}</label>
      <Choices
        name={name}
        value={value}
        choices={choices}
        testId={testId}
        id={id}
        describedBy={`${id}-note`}
      />
      <p id={`${id}-note`} class="text-sm text-muted">{hint}</p>
    </div>
  );
}

type ChoicesProps = Omit<SelectProps, "label" | "hint"> & {
  id?: string;
  /** The accessible name, where no label is in sight. */
  label?: string;
  describedBy?: string;
  class?: string;
};

/** The choice alone. */
export function Choices(props: ChoicesProps) {
  return (
    <span class={`relative block ${props.class ?? ""}`}>
      <select
        id={props.id}
        name={props.name}
        class={`${INPUT_CLASS} appearance-none truncate pr-10`}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        data-testid={props.testId}
      >
        {props.choices.map(({ value, label }) => (
          <option key={value} value={value} selected={value === props.value}>{label}</option>
        ))}
      </select>
      <ChevronDown
        class="pointer-events-none absolute top-4 right-3.5 size-4 text-muted"
        aria-hidden="true"
      />
    </span>
  );
}
