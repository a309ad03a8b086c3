import { textParts } from "./links.ts";

/** Text with its line breaks; addresses can be followed. Nothing in it is ever markup. */
export function ChatText({ text }: { text: string }) {
  return (
    <p class="[overflow-wrap:anywhere] whitespace-pre-wrap" dir="auto">
      {textParts(text).map(({ text, href }, index) =>
        href === undefined ? text : (
          <a
            key={index}
            href={href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            class="underline underline-offset-2"
          >
            {text}
          </a>
        )
      )}
    </p>
  );
}
