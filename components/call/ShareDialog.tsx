import { LoaderCircle, Send } from "lucide-preact";
import type { HostDeskView } from "../../lib/client/call/host_desk.ts";
import type { ShareLink, SharingView } from "../../lib/client/call/sharing.ts";
import type { QrPicture } from "../../lib/client/util/qr_code.ts";
import { formatMoment } from "../../lib/shared/i18n/format.ts";
import type { Locale } from "../../lib/shared/i18n/locale.ts";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { INPUT_CLASS } from "../ui/Field.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import type { RoomWords } from "../room_words.ts";
import { GuestLinks } from "./GuestLinks.tsx";
import { LinkOptions } from "./LinkOptions.tsx";

interface ShareDialogProps {
  t: RoomWords;
  locale: Locale;
  roomName: string;
  sharing: SharingView;
  desk: HostDeskView;
  onClose: () => void;
}

/** The link to the room: to copy, to send, to scan, to take back. Loaded on demand. */
export function ShareDialog({ t, locale, roomName, sharing, desk, onClose }: ShareDialogProps) {
  const link = sharing.link.value;
  return (
    <Sheet
      title={t("call.share_title")}
      closeLabel={t("common.close")}
      testId="share-dialog"
      class="md:w-104 [@media(max-height:32rem)]:md:w-[min(40rem,calc(100vw-1.5rem))]"
      onClose={onClose}
    >
      {link === null ? <Preparing t={t} /> : (
        <div class="flex flex-col gap-4">
          <Ready
            t={t}
            locale={locale}
            roomName={roomName}
            link={link}
            qrCode={sharing.qrCode.value}
          />
          {link.forGuests && (
            <div class="border-t border-line pt-1">
              <LinkOptions t={t} onMake={(wishes) => void sharing.make(wishes)} />
              <GuestLinks t={t} locale={locale} desk={desk} />
            </div>
          )}
        </div>
      )}
    </Sheet>
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

interface ReadyProps {
  t: RoomWords;
  locale: Locale;
  roomName: string;
  link: ShareLink;
  /** The link as a picture; null while it is being drawn. */
  qrCode: QrPicture | null;
}

function Ready({ t, locale, roomName, link, qrCode }: ReadyProps) {
  const hint = hintOf(t, locale, link);
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

function hintOf(t: RoomWords, locale: Locale, { forGuests, guestLink }: ShareLink): string {
  if (!forGuests) return t("call.share_hint_room");
  if (guestLink === null) return t("call.share_hint_guest");
  const date = formatMoment(locale, guestLink.expires_at);
  return `${t("call.share_hint_guest")} ${t("call.share_until", { date })}`;
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
          testId="share-send"
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
      class="mx-auto aspect-square w-full max-w-60 shrink-0 [@media(max-height:32rem)]:max-w-52 rounded-2xl bg-white fill-[#0b100e]"
      data-testid="share-qr"
    >
      <path d={picture?.path} />
    </svg>
  );
}
