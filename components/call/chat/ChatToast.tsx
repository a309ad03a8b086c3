import { useSignal, useSignalEffect } from "@preact/signals";
import type { ChatLine, ChatView } from "../../../lib/client/call/call_state.ts";
import type { RoomWords } from "../../room_words.ts";

interface ChatToastProps {
  t: RoomWords;
  chat: ChatView;
  onOpen: () => void;
}

/** The newest message, for a moment, while nobody looks at the chat. */
export function ChatToast({ t, chat, onOpen }: ChatToastProps) {
  const line = useSignal<ChatLine | null>(null);
  useSignalEffect(() => {
    // Read, wherever that was: no news any more.
    if (chat.unread.value === 0) line.value = null;
    else if (chat.latest.value?.kind === "text") line.value = chat.latest.value;
  });
  const { value } = line;
  const words = value && t("chat.said", { name: value.name, text: value.text });
  return (
    <div role="log" aria-live="polite" class="flex max-w-full">
      {value && (
        <button
          key={value.id}
          type="button"
          class="animate-notice pointer-events-auto min-h-11 max-w-96 min-w-0 rounded-xl bg-black/80 px-4 py-2 text-left text-sm text-white"
          data-testid="chat-toast"
          onClick={onOpen}
          onAnimationEnd={() => line.value = null}
        >
          <span class="line-clamp-2 [overflow-wrap:anywhere]" dir="auto">{words}</span>
        </button>
      )}
    </div>
  );
}
