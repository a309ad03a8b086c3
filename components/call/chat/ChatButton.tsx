import { MessageSquareText } from "lucide-preact";
import type { ChatView } from "../../../lib/client/call/call_state.ts";
import type { RoomWords } from "../../room_words.ts";
import { iconButtonClass } from "../../ui/Button.tsx";

/** A badge stays small; whoever wants the number opens the chat. */
const MAX_SHOWN = 99;

interface ChatButtonProps {
  t: RoomWords;
  chat: ChatView;
  shown: boolean;
  onClick: () => void;
}

export function ChatButton({ t, chat, shown, onClick }: ChatButtonProps) {
  const unread = chat.unread.value;
  const label = unread > 0 ? t("chat.open_unread", { count: unread }) : t("chat.open");
  return (
    <button
      type="button"
      class={iconButtonClass(
        "bare",
        `relative bg-white/10 hover:bg-white/18 ${shown ? "" : "tip"}`,
      )}
      aria-label={label}
      aria-expanded={shown}
      data-tip={label}
      data-testid="control-chat"
      onClick={onClick}
    >
      <MessageSquareText class="size-5" aria-hidden="true" />
      {unread > 0 && (
        <span
          class="absolute -top-1 -right-1 min-w-5 rounded-full bg-warm px-1 text-center text-xs leading-5 font-bold text-[#2d1d0e]"
          aria-hidden="true"
          data-testid="chat-unread"
          data-count={unread}
        >
          {unread > MAX_SHOWN ? `${MAX_SHOWN}+` : unread}
        </span>
      )}
    </button>
  );
}
