/** A sentence of the reference; what stands in backquotes is code. */
export function Prose({ text }: { text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 0
      ? part
      : <code key={index} class="font-mono text-[0.92em] wrap-anywhere">{part}</code>
  );
}
