/** Sign-in and guest links on the wire (videocall-app.ru.md, "Роли" and "Генерация гостевой ссылки"). */
import { z } from "zod";
import {
  MAX_GUEST_LINK_SECONDS,
  MAX_PASSWORD_CHARS,
  MAX_USER_NAME_GRAPHEMES,
  MIN_GUEST_LINK_SECONDS,
} from "./limits.ts";

/** Control and bidirectional override characters let one name look like another. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/u;
/** Zero-width joiner and variation selectors are part of many emoji. */
const EMOJI_GLUE = /[\u200d\ufe0e\ufe0f\u{e0020}-\u{e007f}]/gu;
const graphemes = new Intl.Segmenter();

export const UserName = z.string()
  .transform((name) => name.normalize("NFC").replace(/\s+/gu, " ").trim())
  .refine((name) => name.length > 0, "empty")
  .refine((name) => !UNPRINTABLE.test(name.replace(EMOJI_GLUE, "")), "unprintable")
  .refine((name) => [...graphemes.segment(name)].length <= MAX_USER_NAME_GRAPHEMES, "too_long");

/** Body of `POST /api/auth/login`. */
export const Login = z.object({
  password: z.string().min(1).max(MAX_PASSWORD_CHARS),
  user_name: UserName,
});
export type Login = z.infer<typeof Login>;

export const PublicUser = z.object({
  user_id: z.int().positive(),
  user_name: z.string(),
  is_guest: z.boolean(),
});
export type PublicUser = z.infer<typeof PublicUser>;

/** Body of `POST /api/auth/logout` and `POST /api/admin/logout`. */
export const Logout = z.object({
  /** Ends every session of this user, on all devices. */
  everywhere: z.boolean().default(false),
});
export type Logout = z.infer<typeof Logout>;

/** Answer of `POST /api/auth/login` and `POST /api/auth/refresh`. */
export const LoginAnswer = z.object({ token: z.string(), user: PublicUser });
export type LoginAnswer = z.infer<typeof LoginAnswer>;

/** Body of `POST /api/rooms/{room_id or code}/generate-guest-link`; the documents send none. */
export const CreateGuestLink = z.object({
  /** Seconds. Left out: as the server's administrators set it, by default a day. */
  expires_in: z.int().min(MIN_GUEST_LINK_SECONDS).max(MAX_GUEST_LINK_SECONDS).optional(),
  max_uses: z.int().min(1).max(10_000).optional(),
  /** Suggested to the guest as a name. */
  user_name: UserName.optional(),
});
export type CreateGuestLink = z.infer<typeof CreateGuestLink>;

export const GuestLinkAnswer = z.object({
  guest_url: z.url(),
  /** PNG data URL. */
  guest_qr_code: z.string(),
  guest_token: z.string(),
});
export type GuestLinkAnswer = z.infer<typeof GuestLinkAnswer>;

/** Row of `GET /api/rooms/{room_id or code}/guest-links`; the token itself is never shown again. */
export const GuestLink = z.object({
  link_id: z.string(),
  created_at: z.iso.datetime(),
  created_by: z.int().positive(),
  expires_at: z.iso.datetime(),
  /** Null: any number of times. */
  max_uses: z.int().positive().nullable(),
  uses: z.int().min(0),
  /** Suggested to the guest as a name. */
  user_name: z.string().nullable(),
  revoked_at: z.iso.datetime().nullable(),
});
export type GuestLink = z.infer<typeof GuestLink>;

/** Body of `POST /api/auth/guest`: the entry page exchanges the link's token for a session. */
export const GuestExchange = z.object({
  guest_token: z.string().min(1).max(4_096),
  user_name: UserName.optional(),
});
export type GuestExchange = z.infer<typeof GuestExchange>;

/** Answer of `POST /api/auth/guest`: signed in, and the room to go to. */
export const GuestExchangeAnswer = LoginAnswer.extend({ room_code: z.string() });
export type GuestExchangeAnswer = z.infer<typeof GuestExchangeAnswer>;
