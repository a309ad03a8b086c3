import { useId } from "preact/hooks";

interface ToggleProps {
  name: string;
  label: string;
  hint: string;
  checked?: boolean;
  testId?: string;
}

/** A switch with its explanation; a plain checkbox underneath. */
export function Toggle({ name, label, hint, checked = false, testId }: ToggleProps) {
  const id = useId();
  return (
    <label class="flex min-h-11 cursor-pointer items-center justify-between gap-4 py-1.5">
      <span>
        <span class="block font-medium">{label}</span>
        <span id={id} class="block text-sm text-muted">{hint}</span>
      </span>
      <span class="relative inline-flex shrink-0">
        <input
          type="checkbox"
          role="switch"
          name={name}
          defaultChecked={checked}
          aria-describedby={id}
          data-testid={testId}
          class="peer h-7 w-12 cursor-pointer appearance-none rounded-full border border-edge
            bg-field transition-colors checked:border-accent checked:bg-accent"
        />
        <span
          aria-hidden="true"
          class="pointer-events-none absolute top-1 left-1 size-5 rounded-full bg-edge
            transition-transform peer-checked:translate-x-5 peer-checked:bg-accent-ink"
        />
      </span>
    </label>
  );
}
