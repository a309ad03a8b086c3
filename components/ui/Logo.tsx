/** Two people, two windows, one overlap. */
export function Logo({ class: classes = "size-8" }: { class?: string }) {
  return (
    <svg viewBox="0 0 32 32" class={classes} aria-hidden="true">
      <rect x="3" y="3" width="18" height="18" rx="5.5" class="fill-accent" />
      <rect x="11" y="11" width="18" height="18" rx="5.5" class="fill-warm" />
      <path
        d="M16.5 11H21v4.5a5.5 5.5 0 0 1-5.5 5.5H11v-4.5a5.5 5.5 0 0 1 5.5-5.5Z"
        class="fill-paper"
      />
    </svg>
  );
}
