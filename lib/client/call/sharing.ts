/** The link that invites into the room, and its picture. Load on demand. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { CreateGuestLink, GuestLink } from "../../shared/protocol/auth.ts";
import type { RoomDoor } from "../../shared/page_props.ts";
import { generateGuestLink } from "../api/api_client.ts";
import { withRoomSecret } from "../e2ee/room_secret.ts";
import { drawQrCode, type QrPicture } from "../util/qr_code.ts";
import type { HostDesk } from "./host_desk.ts";

export interface ShareLink {
  readonly url: string;
  /** Opens the room without a password. */
  readonly forGuests: boolean;
  /** What the server keeps about it, as far as it could be asked. */
  readonly guestLink: GuestLink | null;
}

export interface SharingView {
  /** Null while it is being made. */
  readonly link: ReadonlySignal<ShareLink | null>;
  readonly qrCode: ReadonlySignal<QrPicture | null>;
  /** A link of another kind takes the place of the one shown. */
  make(wishes: CreateGuestLink): Promise<void>;
}

export class Sharing implements SharingView {
  readonly #room: RoomDoor;
  readonly #desk: HostDesk;
  readonly #link = signal<ShareLink | null>(null);
  readonly #qrCode = signal<QrPicture | null>(null);
  readonly link: SharingView["link"] = this.#link;
  readonly qrCode: SharingView["qrCode"] = this.#qrCode;

  constructor(room: RoomDoor, desk: HostDesk) {
    this.#room = room;
    this.#desk = desk;
  }

  /** A link that still works is shown again: not every look at it should leave a new one behind. */
  async show({ mayInvite }: { mayInvite: boolean }): Promise<void> {
    if (!mayInvite) return this.#setPlain();
    await this.#desk.loadLinks();
    const shown = this.#link.peek()?.guestLink;
    const known = this.#desk.links.peek()?.find((each) => each.link_id === shown?.link_id);
    if (known === undefined || !stillWorks(known, Date.now())) await this.make({});
  }

  async make(wishes: CreateGuestLink): Promise<void> {
    this.#link.value = this.#qrCode.value = null;
    const answer = await generateGuestLink(this.#room.room_code, wishes);
    if (!answer.ok) return this.#setPlain();
    await this.#desk.loadLinks();
    const guestLink = newest(this.#desk.links.peek() ?? []);
    this.#set({ url: answer.value.guest_url, guestLink, forGuests: true });
  }

  /** For people with the password. */
  #setPlain(): void {
    this.#set({ url: this.#room.room_url, forGuests: false, guestLink: null });
  }

  /** The server's link has no secret in it: that is put in here, where the server never looks. */
  #set(link: ShareLink): void {
    const url = withRoomSecret(link.url, this.#room.room_code);
    this.#link.value = { ...link, url };
    this.#qrCode.value = drawQrCode(url);
  }
}

/** @param nowMs milliseconds since the epoch */
export function stillWorks(link: GuestLink, nowMs: number): boolean {
  return link.revoked_at === null && Date.parse(link.expires_at) > nowMs &&
    (link.max_uses === null || link.uses < link.max_uses);
}

function newest(links: readonly GuestLink[]): GuestLink | null {
  return links.toSorted((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at))[0] ?? null;
}
