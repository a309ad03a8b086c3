import { ChevronDown } from "lucide-preact";
import { useId } from "preact/hooks";

interface SelectProps {
  label: string;
  name: string;
  choices: readonly { readonly value: string; readonly label: string }[];
  initial?: string;
  testId?: string;
}

/** One of a few, by the browser's own list: the best there is on a phone. */
export function Select({ label, name, choices, initial, testId }: SelectProps) {
  const id = useId();
  return (
    <div class="flex flex-col gap-1.5">
      <label for={id} class="text-sm font-semibold">{label}</label>
      <div class="relative">
        <select
          id={id}
          name={name}
          class="h-12 w-full appearance-none truncate rounded-xl border border-edge bg-field pr-11 pl-3.5 hover:border-ink/60"
          data-testid={testId}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} selected={choice.value === initial}>
              {choice.label}
            </option>
          ))}
        </select>
        <ChevronDown
          class="pointer-events-none absolute top-4 right-3.5 size-4 text-muted"
          aria-hidden="true"
        />
      </div>
    </div>
  );
}
