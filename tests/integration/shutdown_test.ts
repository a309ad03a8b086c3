/** The server as a process: told to stop, it says goodbye and is gone within five seconds. */
import assert from "node:assert/strict";
import { within } from "../fixtures/poll.ts";
import { RoomOnStage } from "../fixtures/room_on_stage.ts";
import { closeCode } from "../fixtures/socket_client.ts";

const LIMIT_MS = 5_000;

/** A client that never finishes its request must not hold up the stop. */
async function sendHalfARequest(origin: string): Promise<Deno.Conn> {
  const { port } = new URL(origin);
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
  const head = ["POST /api/auth/login HTTP/1.1", "Host: localhost", "Content-Length: 100"];
  await connection.write(new TextEncoder().encode(`${head.join("\r\n")}\r\n\r\n{`));
  return connection;
}

Deno.test("SIGTERM: clients are told to come back, the process ends with 0", async () => {
  await using stage = await RoomOnStage.start();
  const people = [await stage.enter("Host"), await stage.enter("Ann")];
  using _stuck = await sendHalfARequest(stage.product.origin);
  const ended = stage.product.stop("SIGTERM");
  for (const { socket } of people) assert.equal(await closeCode(socket), 1012);
  assert.equal(await within("the server ends", LIMIT_MS, ended), 0);
  assert.ok(stage.product.log.some((line) => line.includes('"server_stopped"')));
});

Deno.test("a second signal ends the process at once", async () => {
  await using stage = await RoomOnStage.start();
  const { socket } = await stage.enter("Host");
  using _stuck = await sendHalfARequest(stage.product.origin);
  Deno.kill(stage.product.pid, "SIGINT");
  await socket.closed;
  const startedAt = performance.now();
  assert.equal(await within("the server ends", 1_000, stage.product.stop("SIGINT")), 1);
  assert.ok(performance.now() - startedAt < 1_000);
});
