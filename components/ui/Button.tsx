import type { ComponentChildren, JSX } from "preact";

const LOOKS = {
  primary: "bg-accent text-accent-ink hover:bg-accent-strong",
  quiet: "bg-surface text-ink border border-line hover:border-edge",
  bare: "text-ink hover:bg-ink/8",
} as const;

export type ButtonLook = keyof typeof LOOKS;

/** Classes of everything that looks like a button, links included. */
export function buttonClass(look: ButtonLook, more = ""): string {
  return `inline-flex min-h-11 items-center justify-center gap-2 rounded-xl px-4 font-semibold
    transition-colors duration-150 disabled:opacity-60 ${LOOKS[look]} ${more}`;
}

interface ButtonProps extends JSX.IntrinsicAttributes {
  look?: ButtonLook;
  class?: string;
  type?: "button" | "submit";
  disabled?: boolean;
  onClick?: () => void;
  /** Accessible name, where the content is not enough. */
  label?: string;
  testId?: string;
  children: ComponentChildren;
}

export function Button(props: ButtonProps) {
  const { look = "primary", type = "button", label, testId, children } = props;
  return (
    <button
      type={type}
      class={buttonClass(look, props.class)}
      disabled={props.disabled}
      onClick={props.onClick}
      aria-label={label}
      data-testid={testId}
    >
      {children}
    </button>
  );
}
