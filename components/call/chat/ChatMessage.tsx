import { CheckCheck, Clock } from "lucide-preact";
import type { ChatLine } from "../../../lib/client/call/call_state.ts";
import type { RoomWords } from "../../room_words.ts";
import { ChatText } from "./ChatText.tsx";

interface ChatMessageProps {
  t: RoomWords;
  line: ChatLine;
  /** Written by the same person just before: the name stands there already. */
  follows: boolean;
  time: Intl.DateTimeFormat;
  /** The last one of this person: it tells how things stand even when all is well. */
  last: boolean;
}

export function ChatMessage({ t, line, follows, time, last }: ChatMessageProps) {
  if (line.kind === "cut") {
    return (
      <li class="my-3 text-center text-sm text-muted" data-testid="chat-cut" data-from={line.from}>
        {t("chat.cut", { name: line.name })}
      </li>
    );
  }
  return (
    <li
      class={`flex flex-col ${line.own ? "items-end" : "items-start"} ${follows ? "mt-1" : "mt-3"}`}
      data-testid="chat-message"
      data-from={line.from}
      data-id={line.id}
      data-waiting={line.own ? line.waiting.length : undefined}
    >
      <p class={follows ? "sr-only" : "mb-1 max-w-full px-1 text-xs text-muted"}>
        <bdi class="font-semibold">{line.own ? t("chat.you") : line.name}</bdi>{" "}
        <time dateTime={new Date(line.atMs).toISOString()}>{time.format(line.atMs)}</time>
      </p>
      <div
        class={`max-w-[85%] rounded-2xl px-3.5 py-2 ${
          line.own ? "bg-accent text-accent-ink" : "bg-ink/8"
        }`}
      >
        <ChatText text={line.text} />
      </div>
      {line.own && (last || line.waiting.length > 0) && <Progress t={t} line={line} />}
    </li>
  );
}

/** Who has got an own message, in words. */
function Progress({ t, line }: Pick<ChatMessageProps, "t" | "line">) {
  const waiting = line.waiting.length;
  const Icon = waiting > 0 ? Clock : CheckCheck;
  const words = waiting > 0
    ? t("chat.waiting", { count: waiting })
    : t(line.arrived > 0 ? "chat.delivered" : "chat.nobody");
  return (
    <p class="mt-0.5 flex items-center gap-1 px-1 text-xs text-muted" data-testid="chat-progress">
      {(waiting > 0 || line.arrived > 0) && <Icon class="size-3.5" aria-hidden="true" />}
      {words}
    </p>
  );
}
