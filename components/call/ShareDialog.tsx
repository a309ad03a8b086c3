import { LoaderCircle, Send, X } from "lucide-preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { QrPicture } from "../../lib/client/util/qr_code.ts";
import { Button, iconButtonClass } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { INPUT_CLASS } from "../ui/Field.tsx";
import type { RoomWords } from "../room_words.ts";

export interface ShareLink {
  readonly url: string;
  /** Opens the room without a password. */
  readonly forGuests: boolean;
}

interface ShareDialogProps {
  t: RoomWords;
  roomName: string;
  /** Null while it is being made. */
  link: ShareLink | null;
  /** The link as a picture; null while it is being drawn. */
  qrCode: QrPicture | null;
  onClose: () => void;
}

/** The link to the room: to copy, to send, to scan. Loaded on demand. */
export function ShareDialog({ t, roomName, link, qrCode, onClose }: ShareDialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => ref.current?.showModal(), []);
  return (
    <dialog
      ref={ref}
      class="animate-rise w-[min(26rem,calc(100vw-1.5rem))] max-h-[calc(100dvh-1rem)] overflow-y-auto [@media(max-height:32rem)]:w-[min(40rem,calc(100vw-1.5rem))] rounded-3xl bg-surface p-6 text-ink"
      aria-labelledby="share-title"
      data-testid="share-dialog"
      onClose={onClose}
      onClick={(event) => event.target === ref.current && ref.current?.close()}
    >
      <div class="flex flex-col gap-4">
        <div class="-mt-2 -mr-2 flex items-center justify-between gap-4">
          <h2 id="share-title" class="text-xl font-bold">{t("call.share_title")}</h2>
          <button
            type="button"
            class={iconButtonClass("bare")}
            aria-label={t("common.close")}
            onClick={() => ref.current?.close()}
          >
            <X class="size-5" aria-hidden="true" />
          </button>
        </div>
        {link === null
          ? <Preparing t={t} />
          : <Ready t={t} roomName={roomName} link={link} qrCode={qrCode} />}
      </div>
    </dialog>
  );
}

function Preparing({ t }: { t: RoomWords }) {
  return (
    <p class="flex min-h-40 items-center justify-center gap-2 text-muted" role="status">
      <LoaderCircle class="size-5 animate-spin" aria-hidden="true" />
      {t("call.share_loading")}
    </p>
  );
}

interface ReadyProps extends Omit<ShareDialogProps, "onClose"> {
  link: ShareLink;
}

function Ready({ t, roomName, link, qrCode }: ReadyProps) {
  const hint = t(link.forGuests ? "call.share_hint_guest" : "call.share_hint_room");
  return (
    <div class="flex flex-col gap-4 [@media(max-height:32rem)]:flex-row-reverse [@media(max-height:32rem)]:gap-6">
      <p class="text-sm text-muted [@media(max-height:32rem)]:hidden">{hint}</p>
      <QrCode picture={qrCode} label={t("call.share_qr")} />
      <div class="flex min-w-0 grow flex-col justify-center gap-4">
        <p class="hidden text-sm text-muted [@media(max-height:32rem)]:block">{hint}</p>
        <input
          class={INPUT_CLASS}
          readOnly
          value={link.url}
          aria-label={t("call.share_link")}
          data-testid="share-link"
          onFocus={(event) => event.currentTarget.select()}
        />
        <Actions t={t} roomName={roomName} link={link} />
      </div>
    </div>
  );
}

function Actions({ t, roomName, link }: Pick<ReadyProps, "t" | "roomName" | "link">) {
  return (
    <div class="flex flex-wrap gap-3">
      <CopyButton
        text={link.url}
        words={{ copy: t("common.copy"), copied: t("common.copied") }}
        copied={t("common.copied")}
        look="primary"
        class="min-h-12 grow"
        testId="share-copy"
      />
      {canSend() && (
        <Button
          look="quiet"
          class="min-h-12 grow"
          onClick={() => void send(t("call.share_text", { room: roomName }), link.url)}
        >
          <Send class="size-4.5" aria-hidden="true" />
          {t("call.share_native")}
        </Button>
      )}
    </div>
  );
}

/** Phones have a better list of people to send a link to than any page could. */
function canSend(): boolean {
  return "share" in navigator && matchMedia("(pointer: coarse)").matches;
}

async function send(text: string, url: string): Promise<void> {
  try {
    await navigator.share({ text, url });
  } catch {
    // The person thought better of it; the link is still there to copy.
  }
}

function QrCode({ picture, label }: { picture: QrPicture | null; label: string }) {
  const size = picture?.size ?? 0;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`-3 -3 ${size + 6} ${size + 6}`}
      shape-rendering="crispEdges"
      class="mx-auto aspect-square w-full max-w-64 shrink-0 [@media(max-height:32rem)]:max-w-52 rounded-2xl bg-white fill-[#0b100e]"
      data-testid="share-qr"
    >
      <path d={picture?.path} />
    </svg>
  );
}
