/** Signing in and out. */
import {
  GuestExchange,
  GuestExchangeAnswer,
  Login,
  LoginAnswer,
  Logout,
  PublicUser,
} from "./auth.ts";
import { EXAMPLE_TOKEN, EXAMPLE_USER } from "./operations_examples.ts";
import { answer, body, done, type Operation } from "./operations_model.ts";

export const AUTH_OPERATIONS: readonly Operation[] = [
  {
    id: "signIn",
    group: "Sign-in",
    method: "POST",
    path: "/api/auth/login",
    summary: "Sign in with the access password",
    details:
      "Answers a token and sets the cookie of the session. The same browser stays the same " +
      "user. After five wrong passwords in a minute an address has to wait.",
    who: "anyone",
    body: body(Login, { password: "$PASSWORD", user_name: "Ann" }),
    answers: [
      answer(200, {
        description: "Signed in",
        schema: LoginAnswer,
        example: { token: EXAMPLE_TOKEN, user: EXAMPLE_USER },
      }),
    ],
    errors: ["INVALID_PASSWORD", "TOO_MANY_REQUESTS"],
  },
  {
    id: "signInAsGuest",
    group: "Sign-in",
    method: "POST",
    path: "/api/auth/guest",
    summary: "Exchange a guest link's token for a session",
    details:
      "Opens the one room of the link and nothing else. Who is signed in already stays who " +
      "they are, and the link is not used up.",
    who: "anyone",
    body: body(GuestExchange, { guest_token: "$GUEST_TOKEN", user_name: "Bob" }),
    answers: [
      answer(200, {
        description: "Signed in, and the room to go to",
        schema: GuestExchangeAnswer,
        example: {
          token: EXAMPLE_TOKEN,
          user: { user_id: 2, user_name: "Bob", is_guest: true },
          room_code: "ABC12345",
        },
      }),
    ],
    errors: [
      "BANNED",
      "GUEST_LINK_INVALID",
      "GUEST_LINK_EXPIRED",
      "ROOM_INACTIVE",
      "TOO_MANY_REQUESTS",
    ],
  },
  {
    id: "whoAmI",
    group: "Sign-in",
    method: "GET",
    path: "/api/auth/me",
    summary: "Who the token speaks for",
    who: "person",
    answers: [
      answer(200, { description: "The user", schema: PublicUser, example: EXAMPLE_USER }),
    ],
  },
  {
    id: "refreshSession",
    group: "Sign-in",
    method: "POST",
    path: "/api/auth/refresh",
    summary: "Exchange the token for a fresh one",
    details: "The session goes on; the token before works for another minute.",
    who: "session",
    answers: [
      answer(200, {
        description: "The new token",
        schema: LoginAnswer,
        example: { token: EXAMPLE_TOKEN, user: EXAMPLE_USER },
      }),
    ],
    errors: ["CONFLICT"],
  },
  {
    id: "signOut",
    group: "Sign-in",
    method: "POST",
    path: "/api/auth/logout",
    summary: "Sign out",
    details:
      "Ends the session for good, with its open sockets, and takes its cookie back. Without " +
      "a session there is nothing to do.",
    who: "anyone",
    body: body(Logout, { everywhere: true }),
    answers: [done("Signed out")],
  },
];
