import { useSignal } from "@preact/signals";
import { ArrowDown, X } from "lucide-preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { CallState, ChatCommands, ChatLine } from "../../../lib/client/call/call_state.ts";
import type { RoomWords } from "../../room_words.ts";
import { buttonClass, iconButtonClass } from "../../ui/Button.tsx";
import { ChatInput } from "./ChatInput.tsx";
import { ChatMessage } from "./ChatMessage.tsx";

interface ChatPanelProps {
  t: RoomWords;
  locale: string;
  state: CallState;
  commands: ChatCommands;
  onClose: () => void;
}

/** Beside the stage on wide windows, over it and in the way of everything else on phones. */
const BESIDE = "(min-width: 48rem)";
/** This near to its end the list follows what comes. */
const NEAR_PX = 80;

/** What people write to each other during the call. Loaded on demand. */
export function ChatPanel({ t, locale, state, commands, onClose }: ChatPanelProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const beside = matchMedia(BESIDE).matches;
    if (beside) ref.current?.show();
    else ref.current?.showModal();
    // On a phone the keyboard would cover what there is to read.
    if (beside) ref.current?.querySelector("textarea")?.focus();
  }, []);
  // In the commit that shows the panel: what is seen is no longer unread.
  useLayoutEffect(() => {
    commands.look(true);
    return () => commands.look(false);
  }, [commands]);
  return (
    <dialog
      ref={ref}
      class="animate-rise z-10 flex-col overflow-hidden overscroll-contain bg-surface p-0 text-ink open:flex
        max-md:m-0 max-md:h-dvh max-md:max-h-dvh max-md:w-full max-md:max-w-full
        md:fixed md:top-3 md:right-3 md:bottom-20 md:left-auto md:m-0 md:h-auto md:max-h-none md:w-96 md:rounded-3xl"
      aria-labelledby="chat-title"
      data-testid="chat-panel"
      onClose={onClose}
      onKeyDown={(event) => event.key === "Escape" && ref.current?.close()}
    >
      <header class="flex shrink-0 items-center justify-between gap-4 py-3 pr-3 pl-5 max-md:pt-[max(0.75rem,env(safe-area-inset-top))]">
        <h2 id="chat-title" class="text-xl font-bold">{t("chat.title")}</h2>
        <button
          type="button"
          class={iconButtonClass("bare")}
          aria-label={t("common.close")}
          data-testid="chat-close"
          onClick={() => ref.current?.close()}
        >
          <X class="size-5" aria-hidden="true" />
        </button>
      </header>
      <Unreadable t={t} locale={locale} state={state} />
      <Lines t={t} locale={locale} lines={state.chat.lines.value} />
      <ChatInput t={t} commands={commands} />
    </dialog>
  );
}

/** Whom the words will not reach, before they are written. */
function Unreadable({ t, locale, state }: Pick<ChatPanelProps, "t" | "locale" | "state">) {
  const people = state.others.value.filter(({ protection: { value: { kind } } }) =>
    kind === "transport" || kind === "refused" || kind === "failed"
  );
  const names = people.map(({ participant }) => participant.value.user_name);
  return (
    <p
      role="status"
      class="shrink-0 bg-warm/20 px-5 py-2 text-sm [overflow-wrap:anywhere] empty:hidden"
      data-testid="chat-unreadable"
    >
      {names.length > 0 && t("chat.unreadable", {
        names: new Intl.ListFormat(locale).format(names),
        count: names.length,
      })}
    </p>
  );
}

interface LinesProps {
  t: RoomWords;
  locale: string;
  lines: readonly ChatLine[];
}

function Lines({ t, locale, lines }: LinesProps) {
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useSignal(true);
  const time = useMemo(
    () => new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }),
    [locale],
  );
  const lastOwn = lines.findLast(({ own }) => own);
  const toEnd = () => list.current?.scrollTo({ top: list.current.scrollHeight });
  // What oneself writes is always seen; what others write moves nobody who reads further up.
  useLayoutEffect(() => {
    if (atEnd.peek() || lines.at(-1)?.own) toEnd();
  }, [lines.length]);
  const onScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = list.current ?? {};
    atEnd.value = scrollHeight - scrollTop - clientHeight < NEAR_PX;
  };
  return (
    <div class="relative flex min-h-0 grow flex-col">
      <div
        ref={list}
        class="min-h-0 grow overflow-y-auto overscroll-contain px-4 pb-3"
        tabIndex={0}
        role="log"
        aria-live="polite"
        aria-label={t("chat.title")}
        onScroll={onScroll}
      >
        {lines.length === 0 && <Empty t={t} />}
        <ol>
          {lines.map((line, index) => (
            <ChatMessage
              key={`${line.from} ${line.id}`}
              t={t}
              line={line}
              follows={follows(line, lines[index - 1])}
              time={time}
              last={line === lastOwn}
            />
          ))}
        </ol>
      </div>
      {!atEnd.value && (
        <button
          type="button"
          class={buttonClass("quiet", "absolute bottom-2 self-center shadow-md")}
          data-testid="chat-newest"
          onClick={toEnd}
        >
          <ArrowDown class="size-4.5" aria-hidden="true" />
          {t("chat.newest")}
        </button>
      )}
    </div>
  );
}

function Empty({ t }: { t: RoomWords }) {
  return (
    <div class="mt-6 text-center text-muted">
      <p>{t("chat.empty")}</p>
      <p class="mt-1 text-sm">{t("chat.empty_hint")}</p>
    </div>
  );
}

const TOGETHER_MS = 120_000;

/** Said by the same person right after: one name stands for both. */
function follows(line: ChatLine, before: ChatLine | undefined): boolean {
  return before?.kind === "text" && before.from === line.from &&
    line.atMs - before.atMs < TOGETHER_MS;
}
