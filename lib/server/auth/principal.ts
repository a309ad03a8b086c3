/** Who is asking. */

export type CredentialSource = "cookie" | "bearer";

/** Signed in with a session token. */
export interface SessionPrincipal {
  kind: "user" | "guest";
  user_id: number;
  user_name: string;
  session_id: string;
  /** Guests: the one room they may enter. */
  room_id?: number;
  via: CredentialSource;
}

/** Holds a participant token: one stay in one room. */
export interface ParticipantPrincipal {
  kind: "participant";
  user_id: number;
  room_id: number;
  participant_id: number;
  session_id: string;
  via: CredentialSource;
}

export type Principal = SessionPrincipal | ParticipantPrincipal;

/** A principal and the client address that rate limits count by. */
export interface Caller {
  principal: Principal;
  address: string;
}
