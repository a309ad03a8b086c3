/**
 * Every limit of the wire, with its unit in the name. Free of zod so that the browser can import
 * these without carrying the schemas.
 */

/** Largest WebSocket message accepted, checked before parsing. Bytes of UTF-8. */
export const MAX_SOCKET_MESSAGE_BYTES = 64 * 1024;
/** Largest JSON request body. */
export const MAX_JSON_BODY_BYTES = 64 * 1024;
/** Sustained WebSocket messages per second and socket (token bucket refill). */
export const SOCKET_MESSAGES_PER_SECOND = 50;
/** Token bucket size: the candidates of several links arrive in one burst. */
export const SOCKET_MESSAGE_BURST = 100;
/** Sockets one user may hold at once, over all rooms of one server. */
export const MAX_SOCKETS_PER_USER = 4;
/** Sockets one client address may hold at once: a household or office behind one NAT. */
export const MAX_SOCKETS_PER_ADDRESS = 40;
/** How long a socket that sets out beside its join waits for it. */
export const SOCKET_TICKET_SECONDS = 3;
/** Sockets that may wait for their joins at once. */
export const MAX_SOCKET_TICKETS = 1_000;
/** A reader this far behind is closed, never buffered without bound. */
export const MAX_SOCKET_BUFFERED_BYTES = 1024 * 1024;
/** Server-side idle close; Deno pings on the protocol level after half of it. */
export const SOCKET_IDLE_TIMEOUT_SECONDS = 10;

/** How long a user of the TURN server lasts: an evening, and nobody can keep a free relay. */
export const TURN_CREDENTIAL_SECONDS = 6 * 60 * 60;
/** The client asks for a new one when this much of that time has passed. */
export const TURN_RENEWAL_SHARE = 0.5;
/** A socket that was opened at `/ws/`, only to look whether sockets work, is closed after this. */
export const SOCKET_CHECK_SECONDS = 3;

/** Client-side ping period while in a call. */
export const PING_INTERVAL_MS = 1_000;
/** Missed answers after which the client abandons the socket object and opens a new one. */
export const PING_TIMEOUT_MS = 2_500;
/**
 * Waits before each reconnect; the last one repeats, jittered by up to 20 %. Short to the end: who
 * is in a call must be back within two seconds of the server, and rooms are small.
 */
export const RECONNECT_DELAYS_MS: readonly number[] = [0, 300, 700, 1_000];

/** How long a participant whose socket broke stays in the room. */
export const DEFAULT_RESUME_GRACE_SECONDS = 30;
/** Longest grace that may be set for either. */
export const MAX_GRACE_SECONDS = 3_600;
/** How long a place is held between `POST …/join` and the first socket. */
export const JOIN_GRACE_SECONDS = 60;

/** Who was in a locked room this short a time ago, and was not sent away, may come back. */
export const RETURN_SECONDS = 60;

/** People who may wait before one room at once. */
export const MAX_WAITING = 100;
/** Who was not let in may ask again after this long. */
export const DENIED_WAIT_SECONDS = 30;
/** Without anybody who leads, the longest-present participant becomes moderator after this long. */
export const HOST_ABSENCE_SECONDS = 60;
/** Longest reason of a ban. */

/** Smallest `max_participants`. */
export const MIN_PARTICIPANTS = 2;
/** `max_participants` when the creator says nothing, and its upper bound (documents: 50). */
export const MAX_PARTICIPANTS = 50;

/** Longest display name, in user-perceived characters (graphemes). */
export const MAX_USER_NAME_GRAPHEMES = 64;
/** Longest `room_name` and `room_description`. */
export const MAX_ROOM_NAME_CHARS = 120;
export const MAX_ROOM_DESCRIPTION_CHARS = 1_000;
export const MAX_BAN_REASON_CHARS = 200;
/** Shortest access password, and the longest password that is looked at. */
export const MIN_ACCESS_PASSWORD_CHARS = 8;
export const MAX_PASSWORD_CHARS = 256;

/** Shortest password of an administrator, and longest name. */
export const MIN_ADMIN_PASSWORD_CHARS = 10;
export const MAX_ADMIN_NAME_CHARS = 64;
/** Longest text to search for. */
export const MAX_SEARCH_CHARS = 100;

/** Page sizes of every list endpoint. */
export const DEFAULT_PAGE_LIMIT = 20;
export const MAX_PAGE_LIMIT = 100;

/** Room codes: 8 characters out of 32 without look-alikes (no I, L, O, U). */
export const ROOM_CODE_CHARS = 8;
export const ROOM_CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Session description and candidate sizes: a four-line offer is about 8 KB. */
export const MAX_SDP_CHARS = 48 * 1024;
export const MAX_CANDIDATE_CHARS = 1_024;
/** Octets of one step of the key agreement, in base64url. */
export const MAX_PAIR_MESSAGE_CHARS = 1_024;
/** Negotiation id, message id and similar opaque tokens chosen by clients. */
export const MAX_OPAQUE_ID_CHARS = 64;

/** Longest chat message: characters as people count them, and octets of UTF-8. */
export const MAX_CHAT_GRAPHEMES = 4_000;
export const MAX_CHAT_BYTES = 16 * 1024;
/** Messages that one page keeps for its person; older ones are forgotten. */
export const MAX_CHAT_LINES = 300;

/** Guest links live this long unless asked otherwise, and at most. */
export const DEFAULT_GUEST_LINK_SECONDS = 24 * 60 * 60;
export const MAX_GUEST_LINK_SECONDS = 7 * 24 * 60 * 60;
export const MIN_GUEST_LINK_SECONDS = 60;

/** Sign-in sessions of people, and those of guests. */
export const USER_SESSION_SECONDS = 30 * 24 * 60 * 60;
export const GUEST_SESSION_SECONDS = 24 * 60 * 60;
/** A browser's session is prolonged by using it, at most this often: people's and guests'. */
export const SESSION_RENEWAL_SECONDS = 24 * 60 * 60;
export const GUEST_RENEWAL_SECONDS = 30 * 60;
/** A guest's session does not end earlier than this after a sign of life from the call. */
export const GUEST_CALL_SECONDS = 6 * 60 * 60;
/** After `POST /api/auth/refresh` the old token still works this long: requests may be under way. */
export const REFRESH_OVERLAP_SECONDS = 60;
/** Sign-in of an administrator. */
export const ADMIN_SESSION_SECONDS = 12 * 60 * 60;
/** Participant tokens answer for one stay in one room. */
export const PARTICIPANT_TOKEN_SECONDS = 24 * 60 * 60;

/** A recording that nobody stops is stopped. */
export const MAX_RECORDING_SECONDS = 12 * 60 * 60;
/** A recording whose file does not come counts as failed this long after it ended or paused. */
export const RECORDING_UPLOAD_SECONDS = 7 * 24 * 60 * 60;
/** Parts of uploads that no recording knows of are deleted when they are this old. */
export const ORPHAN_PART_SECONDS = 24 * 60 * 60;
/** An upload that brings nothing for so long is broken off; it can be resumed. */
export const UPLOAD_IDLE_SECONDS = 60;
/** Largest picture that stands for a recording. */
export const MAX_THUMBNAIL_BYTES = 2 * 1024 * 1024;
/** Recordings leave this much room on the disk. */
export const RECORDING_RESERVE_BYTES = 512 * 1024 * 1024;

/** Rates per client address or user; each window starts with the first hit. */
export const RATE_LIMITS = {
  /** Failed sign-ins per address. */
  login_failures: { limit: 5, windowSeconds: 60 },
  /** Room codes nobody knows, per address: guessing. */
  unknown_room_codes: { limit: 20, windowSeconds: 60 },
  /** Rooms made per user. */
  room_creations: { limit: 10, windowSeconds: 60 * 60 },
  /** Joins per address. */
  joins: { limit: 30, windowSeconds: 60 },
  /** Recordings started per user. */
  recording_starts: { limit: 60, windowSeconds: 60 * 60 },
  /** Guest links exchanged per address. */
  guest_exchanges: { limit: 30, windowSeconds: 60 },
} as const satisfies Record<string, { limit: number; windowSeconds: number }>;
export type RateLimitName = keyof typeof RATE_LIMITS;
