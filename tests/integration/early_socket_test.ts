/** Sockets that set out beside the join they belong to. */
import assert from "node:assert/strict";
import { SOCKET_TICKET_SECONDS } from "../../lib/shared/protocol/limits.ts";
import { Api } from "../fixtures/api.ts";
import { RoomOnStage } from "../fixtures/room_on_stage.ts";
import { handshake } from "../fixtures/wire.ts";

/** The status of a handshake with this ticket, by somebody's session. */
async function knock(
  { product, code }: RoomOnStage,
  { api, ticket, userId = api.user.user_id }: { api: Api; ticket: string; userId?: number },
): Promise<number> {
  const { status } = await handshake(`${product.origin}/video/ws/${code}/${userId}`, {
    "Origin": product.origin,
    "Authorization": `Bearer ${api.token}`,
    "Sec-WebSocket-Protocol": `videocall.v1, ticket.${ticket}`,
  });
  return status;
}

Deno.test("a socket that is there before its join goes on with it, once", async () => {
  await using stage = await RoomOnStage.start();
  const ticket = crypto.randomUUID();
  const early = knock(stage, { api: stage.host, ticket });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const { session_token } = await stage.host.join(stage.code, { socket_ticket: ticket });
  assert.equal(await early, 101);
  assert.ok(session_token !== "");
  assert.equal(await knock(stage, { api: stage.host, ticket }), 404);
});

Deno.test("a socket that comes after its join goes on at once", async () => {
  await using stage = await RoomOnStage.start();
  const ticket = crypto.randomUUID();
  await stage.host.join(stage.code, { socket_ticket: ticket });
  assert.equal(await knock(stage, { api: stage.host, ticket }), 101);
});

Deno.test("a ticket is of no use to anybody else, nor in vain for long", async () => {
  await using stage = await RoomOnStage.start();
  const eve = await Api.signIn(stage.product.origin, "Eve");
  const ticket = crypto.randomUUID();
  await stage.host.join(stage.code, { socket_ticket: ticket });
  const startedAt = performance.now();
  const statuses = await Promise.all([
    knock(stage, { api: eve, ticket }),
    knock(stage, { api: eve, ticket, userId: stage.host.user.user_id }),
    // Nobody joins with this one, or with a ticket that is none.
    knock(stage, { api: stage.host, ticket: crypto.randomUUID() }),
    knock(stage, { api: stage.host, ticket: "" }),
  ]);
  assert.deepEqual(statuses, [404, 404, 404, 404]);
  assert.ok(performance.now() - startedAt >= SOCKET_TICKET_SECONDS * 900);
});

Deno.test("a ticket that could be guessed is refused by the join", async () => {
  await using stage = await RoomOnStage.start();
  await assert.rejects(stage.host.join(stage.code, { socket_ticket: "1234" }), /: 400 /);
});
