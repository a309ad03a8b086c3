import { deepEqual } from "node:assert/strict";
import { participant, setUpRoom } from "./fake_room.ts";
import { serveSocket, webSocketConnection } from "./served_socket.ts";

/** Somebody in a room over a socket that ends with these close events, one after another. */
function served(...ends: { code: number; wasClean: boolean }[]) {
  const { room, left, mirrored } = setUpRoom();
  const about = { origin: "http://localhost", session: { session_id: "s" } };
  const socket = {
    readyState: WebSocket.OPEN,
    send: () => {},
    close: () => {},
  } as unknown as WebSocket;
  let releases = 0;
  serveSocket(socket, {
    room: () => room,
    participant: participant(1),
    connection: webSocketConnection(socket, about),
    release: () => releases++,
  });
  room.expect(participant(1));
  socket.onopen?.(new Event("open"));
  for (const end of ends) socket.onclose?.(new CloseEvent("close", end));
  return { left, online: mirrored.at(-1)?.is_online, releases };
}

Deno.test("a closed page is a goodbye", () => {
  const { left, releases } = served({ code: 1001, wasClean: true });
  deepEqual([left, releases], [[[1, "left"]], 1]);
});

Deno.test("a socket that answers no ping is not a goodbye: its person has the grace", () => {
  const ends = [{ code: 1001, wasClean: false }, { code: 1005, wasClean: true }];
  const { left, online, releases } = served(...ends);
  deepEqual([left, online, releases], [[], false, 1]);
});
