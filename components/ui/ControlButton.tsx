import { Lock, type LucideIcon } from "lucide-preact";

const LOOKS = {
  /** The device works, or the action is at rest. */
  rest: "bg-white/10 text-white hover:bg-white/18",
  /** Switched off by the person. */
  off: "bg-[#f3d8d3] text-[#7d1a0f] hover:bg-white",
  /** Something runs or is raised. */
  active: "bg-accent text-accent-ink hover:bg-accent-strong",
  stop: "bg-stop text-white hover:bg-stop-strong",
} as const;

interface ControlButtonProps {
  icon: LucideIcon;
  /** Accessible name; also the tooltip. */
  label: string;
  look?: keyof typeof LOOKS;
  pressed?: boolean;
  /** Somebody else keeps it off; pressing it tells why. */
  locked?: boolean;
  /** As the person reads it: `Ctrl+D`. */
  tip?: string;
  /** As `aria-keyshortcuts` wants it: `Control+D`. */
  shortcut?: string;
  class?: string;
  testId: string;
  onClick: () => void;
}

/** A square button of the call: large enough for a thumb, named for a screen reader. */
export function ControlButton(props: ControlButtonProps) {
  const { icon: Icon, label, look = "rest" } = props;
  return (
    <button
      type="button"
      class={`tip flex size-12 shrink-0 items-center justify-center rounded-2xl transition-colors
        duration-150 sm:size-13 ${LOOKS[look]} ${props.class ?? ""}`}
      aria-label={label}
      aria-pressed={props.pressed}
      aria-keyshortcuts={props.shortcut}
      data-tip={props.tip ?? label}
      data-testid={props.testId}
      onClick={props.onClick}
    >
      <Icon class="size-5.5" />
      {props.locked && (
        <Lock
          class="absolute right-1 bottom-1 size-4 rounded bg-[#7d1a0f] p-0.5 text-white"
          aria-hidden="true"
        />
      )}
    </button>
  );
}
