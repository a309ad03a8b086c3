import { useSignal } from "@preact/signals";
import { Check, Copy } from "lucide-preact";
import { buttonClass, type ButtonLook, iconButtonClass } from "./Button.tsx";

interface CopyButtonProps {
  text: string;
  /** Visible words; without them the button is an icon named by `label`. */
  words?: { copy: string; copied: string };
  label?: string;
  /** Announced after copying. */
  copied: string;
  look?: ButtonLook;
  class?: string;
  testId?: string;
}

/** Puts `text` on the clipboard and says so for a moment. */
export function CopyButton(props: CopyButtonProps) {
  const { text, words, label, look = "quiet", testId } = props;
  const done = useSignal(false);
  const copy = async () => {
    done.value = await writeClipboard(text);
  };
  const Icon = done.value ? Check : Copy;
  return (
    <button
      type="button"
      class={(words ? buttonClass : iconButtonClass)(look, props.class)}
      aria-label={label}
      data-testid={testId}
      onClick={copy}
    >
      <Icon class="size-4.5 shrink-0" aria-hidden="true" />
      {words && <span>{done.value ? words.copied : words.copy}</span>}
      {done.value && (
        <span
          class="animate-flash sr-only"
          role="status"
          onAnimationEnd={() => done.value = false}
        >
          {props.copied}
        </span>
      )}
    </button>
  );
}

/** False where the browser forbids it (an insecure page): the link stays there to be selected. */
async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
