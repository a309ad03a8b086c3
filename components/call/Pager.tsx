import { ChevronLeft, ChevronRight } from "lucide-preact";
import { useEffect } from "preact/hooks";
import type { RoomWords } from "../room_words.ts";

interface PagerProps {
  t: RoomWords;
  page: number;
  pages: number;
  /** People in view on this page. */
  shown: number;
  onTurn: (page: number) => void;
}

/** Height that the stage leaves to it. */
export const PAGER_PX = 52;

/** Where not all people fit: turns pages, and says what a room of this size does. */
export function Pager({ t, page, pages, shown, onTurn }: PagerProps) {
  useEffect(() => {
    const onKey = ({ key, target }: KeyboardEvent) => {
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
      if (key === "PageDown" && page < pages - 1) onTurn(page + 1);
      if (key === "PageUp" && page > 0) onTurn(page - 1);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [page, pages]);
  return (
    <nav
      class="absolute inset-x-0 bottom-0 flex items-center justify-center gap-2 text-sm"
      aria-label={t("quality.pages")}
      data-testid="pager"
      data-page={page}
      data-pages={pages}
    >
      <button
        type="button"
        class={BUTTON}
        aria-label={t("quality.page_previous")}
        aria-keyshortcuts="PageUp"
        disabled={page === 0}
        data-testid="page-previous"
        onClick={() => onTurn(page - 1)}
      >
        <ChevronLeft class="size-5" aria-hidden="true" />
      </button>
      <p class="flex flex-col items-center leading-tight" role="status">
        <span class="font-semibold">{t("quality.page", { page: page + 1, pages })}</span>
        <span class="text-xs text-muted">{t("quality.page_hint", { count: shown })}</span>
      </p>
      <button
        type="button"
        class={BUTTON}
        aria-label={t("quality.page_next")}
        aria-keyshortcuts="PageDown"
        disabled={page >= pages - 1}
        data-testid="page-next"
        onClick={() => onTurn(page + 1)}
      >
        <ChevronRight class="size-5" aria-hidden="true" />
      </button>
    </nav>
  );
}

const BUTTON = "flex size-11 shrink-0 items-center justify-center rounded-xl bg-white/10 " +
  "hover:bg-white/18 disabled:opacity-35";
