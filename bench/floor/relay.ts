/**
 * The least that can relay a call, as the measure for the product: parse, look up, stamp, pass on.
 * No checks, no limits, no names.
 *
 *     deno run -A bench/floor/relay.ts     prints the port it listens on
 */
const page = await Deno.readTextFile(new URL("page.html", import.meta.url));
const rooms = new Map<string, Map<number, WebSocket>>();
let lastId = 0;

function enter(socket: WebSocket, name: string): void {
  const id = ++lastId;
  const room = rooms.get(name) ?? new Map<number, WebSocket>();
  rooms.set(name, room);
  const deliver = (message: { to?: number; from?: number }) => {
    message.from = id;
    const text = JSON.stringify(message);
    if (message.to !== undefined) {
      room.get(message.to)?.send(text);
      return;
    }
    for (const [other, target] of room) if (other !== id) target.send(text);
  };
  socket.onopen = () => {
    socket.send(JSON.stringify({ type: "hello", id, data: [...room.keys()] }));
    room.set(id, socket);
  };
  socket.onmessage = (event) => deliver(JSON.parse(event.data));
  socket.onclose = () => {
    room.delete(id);
    deliver({ type: "left" } as { to?: number });
  };
}

function answer(request: Request): Response {
  const { pathname } = new URL(request.url);
  if (!pathname.startsWith("/ws/")) {
    return new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } });
  }
  const { socket, response } = Deno.upgradeWebSocket(request);
  enter(socket, pathname.slice(4));
  return response;
}

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(port),
}, answer);
