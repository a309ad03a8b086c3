/**
 * `/ws/`, the documents' address for looking whether WebSockets get through to the server: it
 * greets anybody, answers nothing, and closes after a moment.
 */
import { CLOSE_CODE } from "../../shared/protocol/close_codes.ts";
import { SOCKET_CHECK_SECONDS, SOCKET_IDLE_TIMEOUT_SECONDS } from "../../shared/protocol/limits.ts";
import { guarded } from "./served_socket.ts";

export function isCheckSocketPath(pathname: string): boolean {
  return pathname === "/ws/" || pathname === "/ws";
}

/** @param release to be called once, when the socket is closed */
export function serveCheckSocket(
  req: Request,
  { bootId, release }: { bootId: string; release: () => void },
): Response {
  const { socket, response } = Deno.upgradeWebSocket(req, {
    idleTimeout: SOCKET_IDLE_TIMEOUT_SECONDS,
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const close = () => socket.close(CLOSE_CODE.LEFT, "this address is for checks");
  socket.onopen = guarded(() => {
    const data = { server_time: new Date().toISOString(), boot_id: bootId };
    socket.send(JSON.stringify({ type: "pong", data }));
    timer = setTimeout(close, SOCKET_CHECK_SECONDS * 1000);
  });
  // Whoever has something to say has the wrong address, or is satisfied.
  socket.onmessage = guarded(close);
  socket.onclose = guarded(() => {
    clearTimeout(timer);
    release();
  });
  socket.onerror = () => {};
  return response;
}
