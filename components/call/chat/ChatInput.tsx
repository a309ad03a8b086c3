import { useSignal } from "@preact/signals";
import { SendHorizontal } from "lucide-preact";
import { useRef } from "preact/hooks";
import type { ChatCommands, ChatRefusal } from "../../../lib/client/call/call_state.ts";
import type { RoomWords } from "../../room_words.ts";
import { iconButtonClass } from "../../ui/Button.tsx";

interface ChatInputProps {
  t: RoomWords;
  commands: ChatCommands;
}

/** Enter sends, Shift with it breaks the line; an input method keeps its Enter. */
export function ChatInput({ t, commands }: ChatInputProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const refusal = useSignal<ChatRefusal | null>(null);
  const send = () => {
    const element = field.current;
    if (element === null) return;
    refusal.value = commands.say(element.value);
    if (refusal.value === null) element.value = "";
    element.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  const problem = refusal.value === "too_long" || refusal.value === "too_fast"
    ? t(`chat.${refusal.value}`)
    : null;
  return (
    <form
      class="shrink-0 border-t border-line p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]"
      onSubmit={(event) => (event.preventDefault(), send())}
    >
      <p role="alert" class="px-1 text-sm text-stop empty:hidden" data-testid="chat-problem">
        {problem}
      </p>
      <div class="flex items-end gap-2">
        <textarea
          ref={field}
          rows={1}
          class="field-sizing-content max-h-32 min-h-11 min-w-0 grow resize-none rounded-xl border border-edge bg-paper px-3.5 py-2.5 text-base text-ink"
          aria-label={t("chat.label")}
          placeholder={t("chat.placeholder")}
          enterkeyhint="send"
          dir="auto"
          data-testid="chat-input"
          onKeyDown={onKeyDown}
          onInput={() => refusal.value = null}
        />
        <button
          type="submit"
          class={iconButtonClass("primary")}
          aria-label={t("chat.send")}
          data-testid="chat-send"
        >
          <SendHorizontal class="size-5" aria-hidden="true" />
        </button>
      </div>
    </form>
  );
}
