import { LoaderCircle, Send, X } from "lucide-preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { QrPicture } from "../../lib/client/util/qr_code.ts";
import { Button } from "../ui/Button.tsx";
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
      class="animate-rise w-[min(26rem,calc(100vw-1.5rem))] rounded-3xl bg-surface p-6 text-ink"
      aria-labelledby="share-title"
      data-testid="share-dialog"
      onClose={onClose}
      onClick={(event) => event.target === ref.current && ref.current?.close()}
    >
      <div class="flex flex-col gap-4">
        <div class="-mt-2 -mr-2 flex items-center justify-between gap-4">
          <h2 id="share-title" class="text-xl font-bold">{t("call.share_title")}</h2>
          <Button
            look="bare"
            class="w-11 px-0"
            label={t("common.close")}
            onClick={() => ref.current?.close()}
          >
            <X class="size-5" aria-hidden="true" />
          </Button>
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

function Ready(
  { t, roomName, link, qrCode }: Omit<ShareDialogProps, "onClose"> & { link: ShareLink },
) {
  return (
    <>
      <p class="text-sm text-muted">
        {t(link.forGuests ? "call.share_hint_guest" : "call.share_hint_room")}
      </p>
      <QrCode picture={qrCode} label={t("call.share_qr")} />
      <input
        class={INPUT_CLASS}
        readOnly
        value={link.url}
        aria-label={t("call.share_link")}
        data-testid="share-link"
        onFocus={(event) => event.currentTarget.select()}
      />
      <div class="flex gap-3">
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
    </>
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
      class="mx-auto aspect-square w-full max-w-56 rounded-2xl bg-white fill-[#0b100e]"
      data-testid="share-qr"
    >
      <path d={picture?.path} />
    </svg>
  );
}
