/** Eight calm colours, all readable under white letters. */
const HUES = [
  "bg-[#2f6f63]",
  "bg-[#8a5a2b]",
  "bg-[#4b5f9e]",
  "bg-[#8b4566]",
  "bg-[#5c6b2f]",
  "bg-[#6a4f9a]",
  "bg-[#9a4a3c]",
  "bg-[#2c6a88]",
] as const;

interface AvatarProps {
  name: string;
  /** Decides the colour, so that a person keeps it. */
  id: number;
  class?: string;
}

/** Initials on a colour, for whoever shows no picture. */
export function Avatar({ name, id, class: classes = "" }: AvatarProps) {
  return (
    <span
      aria-hidden="true"
      class={`inline-flex items-center justify-center rounded-[28%] font-semibold text-white
        select-none ${HUES[id % HUES.length]} ${classes}`}
    >
      {initialsOf(name)}
    </span>
  );
}

/** First letters of the first and the last word; one grapheme each, so emoji stay whole. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter((word) => word !== "");
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => firstGrapheme(word ?? "")).join("").toLocaleUpperCase();
}

function firstGrapheme(word: string): string {
  for (const { segment } of new Intl.Segmenter().segment(word)) return segment;
  return "";
}
