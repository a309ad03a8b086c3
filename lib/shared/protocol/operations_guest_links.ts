/** Guest links (videocall-app.ru.md, "Генерация гостевой ссылки"). */
import { z } from "zod";
import { CreateGuestLink, GuestLink, GuestLinkAnswer } from "./auth.ts";
import { EXAMPLE_GUEST_LINK, EXAMPLE_TOKEN } from "./operations_examples.ts";
import { answer, body, done, type Operation, ROOM_ERRORS } from "./operations_model.ts";
import { LINK_ID, ROOM_REFERENCE } from "./operations_parameters.ts";

export const GUEST_LINK_OPERATIONS: readonly Operation[] = [
  {
    id: "generateGuestLink",
    group: "Guest links",
    method: "POST",
    path: "/api/rooms/{room_id}/generate-guest-link",
    summary: "Make a guest link",
    details:
      "Whoever opens it gets into this room without a password, and nowhere else. The token " +
      "stands behind the `#`, so it reaches no log of any server.",
    who: "lead",
    params: { room_id: ROOM_REFERENCE },
    body: body(CreateGuestLink, { expires_in: 3600, max_uses: 10, user_name: "Bob" }),
    answers: [
      answer(200, {
        description: "The link, as text, as a picture and as its token",
        schema: GuestLinkAnswer,
        example: {
          guest_url: `https://call.example.com/#/room/1?guest_token=${EXAMPLE_TOKEN}`,
          guest_qr_code: "data:image/png;base64,iVBORw0KGgo=",
          guest_token: EXAMPLE_TOKEN,
        },
      }),
    ],
    errors: ROOM_ERRORS,
  },
  {
    id: "listGuestLinks",
    group: "Guest links",
    method: "GET",
    path: "/api/rooms/{room_id}/guest-links",
    summary: "Guest links of a room, newest first",
    details: "The tokens themselves are never shown again.",
    who: "lead",
    params: { room_id: ROOM_REFERENCE },
    answers: [
      answer(200, {
        description: "Those that still work, and those that no longer do",
        schema: z.array(GuestLink),
        example: [EXAMPLE_GUEST_LINK],
      }),
    ],
    errors: ROOM_ERRORS,
  },
  {
    id: "revokeGuestLink",
    group: "Guest links",
    method: "DELETE",
    path: "/api/rooms/{room_id}/guest-links/{link_id}",
    summary: "Revoke a guest link",
    details: "Whoever came by it is signed out.",
    who: "lead",
    params: { room_id: ROOM_REFERENCE, link_id: LINK_ID },
    answers: [done("Revoked")],
    errors: [...ROOM_ERRORS, "CONFLICT"],
  },
];
