import type { ComponentChildren, JSX } from "preact";

const LOOKS = {
  primary: "bg-accent text-accent-ink hover:bg-accent-strong",
  quiet: "bg-surface text-ink border border-line hover:border-edge",
  bare: "text-ink hover:bg-ink/8",
  /** Does what cannot be undone. */
  danger: "bg-stop text-white hover:bg-[#b83325]",
} as const;

export type ButtonLook = keyof typeof LOOKS;

const BASE = `inline-flex items-center justify-center gap-2 rounded-xl font-semibold
  transition-colors duration-150 disabled:opacity-60 aria-busy:animate-breathe
  aria-busy:cursor-progress`;

/** Classes of everything that looks like a button, links included. */
export function buttonClass(look: ButtonLook, more = ""): string {
  return `${BASE} ${LOOKS[look]} ${/(^| )px-/.test(more) ? "" : "px-4"} min-h-11 ${more}`;
}

/** The same for a button that is one icon. */
export function iconButtonClass(look: ButtonLook, more = ""): string {
  return `${BASE} ${LOOKS[look]} size-11 shrink-0 ${more}`;
}

interface ButtonProps extends JSX.IntrinsicAttributes {
  look?: ButtonLook;
  class?: string;
  type?: "button" | "submit";
  disabled?: boolean;
  /** Not yet: the page is still on its way. */
  pending?: boolean;
  /** Accessible name, where the words alone say too little. */
  label?: string;
  onClick?: () => void;
  testId?: string;
  children: ComponentChildren;
}

export function Button(props: ButtonProps) {
  const { look = "primary", type = "button", testId, children } = props;
  return (
    <button
      type={type}
      class={buttonClass(look, props.class)}
      disabled={props.disabled || props.pending}
      aria-busy={props.pending}
      aria-label={props.label}
      onClick={props.onClick}
      data-testid={testId}
    >
      {children}
    </button>
  );
}
