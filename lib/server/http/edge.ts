/**
 * The edge: every request passes here, and every answer leaves here with its headers. Order:
 * WebSocket, static file, page or API.
 */
import type { SocketDoor } from "../hub/socket.ts";
import { isSocketPath } from "../hub/socket.ts";
import { inRequest } from "../observability/request_scope.ts";
import type { Assets } from "./assets.ts";
import { errorResponse } from "./errors.ts";
import { nameRequest, REQUEST_ID_HEADER } from "./request_id.ts";
import { secured } from "./security_headers.ts";

/** Fresh's renderer, as the build makes it. */
export interface Renderer {
  fetch(req: Request): Response | Promise<Response>;
}

export interface EdgePorts {
  renderer: Renderer;
  assets: Assets;
  door: SocketDoor;
  /** The process itself speaks TLS, or a proxy in front of it does. */
  https: boolean;
}

export function createEdge(ports: EdgePorts): Deno.ServeHandler {
  const { renderer, assets, door, https } = ports;

  async function answer(req: Request): Promise<Response> {
    const { pathname } = new URL(req.url);
    if (isSocketPath(pathname)) return await door.open(req);
    return await assets.serve(req, pathname) ?? await renderer.fetch(req);
  }

  return async (req, info) => {
    // The form in which Fresh hands the connection on; handlers need the client's address. Read
    // now: once the connection is closed or upgraded, asking for it throws.
    const { remoteAddr } = info;
    Object.assign(req, { runtime: { name: "deno", deno: { info: { remoteAddr } } } });
    const requestId = nameRequest(req);
    const response = await inRequest(requestId, async () => {
      try {
        return await secured(await answer(req), { https });
      } catch (error) {
        return await secured(errorResponse(error, req), { https });
      }
    });
    // An upgrade must reach the runtime untouched.
    if (response.status !== 101) response.headers.set(REQUEST_ID_HEADER, requestId);
    return response;
  };
}
