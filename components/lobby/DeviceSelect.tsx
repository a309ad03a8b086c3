import { ChevronDown, type LucideIcon } from "lucide-preact";

import type { DeviceChoice } from "../../lib/client/media/local_media_types.ts";

interface DeviceSelectProps {
  icon: LucideIcon;
  label: string;
  choices: readonly DeviceChoice[];
  chosen: string;
  /** Name of a device that the browser does not name yet; counts from 1. */
  nameOf: (number: number) => string;
  testId: string;
  onChoose: (id: string) => void;
}

export function DeviceSelect(props: DeviceSelectProps) {
  const { icon: Icon, label, choices, chosen } = props;
  // Nothing chosen yet means the first: browsers list their default there.
  const known = choices.find(({ id }) => id === chosen) ?? choices[0];
  return (
    <label class="relative block">
      <span class="sr-only">{label}</span>
      <Icon class="pointer-events-none absolute top-3 left-3.5 size-5 text-muted" />
      <select
        class="h-11 w-full appearance-none truncate rounded-xl border border-line bg-surface pr-10
          pl-11 text-sm hover:border-edge disabled:text-muted"
        disabled={choices.length === 0}
        value={known?.id}
        data-testid={props.testId}
        onChange={(event) => props.onChoose(event.currentTarget.value)}
      >
        {choices.length === 0 && <option>{label}</option>}
        {choices.map(({ id, label: name }, index) => (
          <option key={id} value={id} selected={id === known?.id}>
            {name || props.nameOf(index + 1)}
          </option>
        ))}
      </select>
      <ChevronDown
        class="pointer-events-none absolute top-3.5 right-3.5 size-4 text-muted"
        aria-hidden="true"
      />
    </label>
  );
}
