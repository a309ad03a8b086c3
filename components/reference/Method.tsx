const LOOKS: Readonly<Record<string, string>> = {
  GET: "bg-accent-soft text-accent",
  DELETE: "bg-danger-soft text-danger",
};

/** What is done to what the path names. */
export function Method({ name }: { name: string }) {
  const look = LOOKS[name] ?? "bg-warm-soft text-ink";
  return <span class={`rounded-md px-2 py-0.5 font-mono text-xs font-bold ${look}`}>{name}</span>;
}
