/** Something to type at a command line. */
export function Command({ children }: { children: string }) {
  return (
    <code class="block overflow-x-auto rounded-xl border border-line bg-field px-3.5 py-2.5 font-mono text-sm text-ink">
      {children}
    </code>
  );
}
