/** Who is asking. */

export type CredentialSource = "cookie" | "bearer";

/** Signed in with a session token. */
export interface SessionPrincipal {
  kind: "user" | "guest";
  user_id: number;
  user_name: string;
  session_id: string;
  /** Guests: the one room they may enter, and the link that let them in. */
  room_id?: number;
  link_id?: string;
  via: CredentialSource;
}

/** Holds a participant token: one stay in one room. */
export interface ParticipantPrincipal {
  kind: "participant";
  user_id: number;
  room_id: number;
  participant_id: number;
  session_id: string;
  /** Of guests: the link that let them in. */
  link_id?: string;
  via: CredentialSource;
}

export type Principal = SessionPrincipal | ParticipantPrincipal;

/** Somebody who administers the server: never a participant by that alone. */
export interface AdminPrincipal {
  kind: "admin";
  admin_id: number;
  username: string;
  session_id: string;
  via: CredentialSource;
}

/** An administrator and where the request comes from, for the audit log. */
export interface AdminCaller {
  admin: AdminPrincipal;
  address: string;
}

/** A principal, the client address that rate limits count by, and the browser that bans hold on. */
export interface Caller {
  principal: Principal;
  address: string;
  /** Null or absent: a program, or a browser that never signed in here. */
  browser_id?: string | null;
}
