import assert from "node:assert/strict";
import plugin from "./plugin.ts";

/** `rule: message` of everything the plugin says about a source at a path of the project. */
function complaints(path: string, source: string): string[] {
  return Deno.lint.runPlugin(plugin, path, source).map(({ id, message }) => `${id}: ${message}`);
}

function assertAllowed(path: string, source: string): void {
  assert.deepEqual(complaints(path, source), [], `${path}: ${source}`);
}

function assertRefused(path: string, source: string, expected: string): void {
  assert.deepEqual(complaints(path, source), [expected], `${path}: ${source}`);
}

Deno.test("imports: the server's layers", () => {
  assertAllowed("lib/server/services/rooms.ts", `import { load } from "../store/rooms.ts";`);
  assertRefused(
    "lib/server/services/rooms.ts",
    `import { hub } from "../hub/hub.ts";`,
    "house/imports: server/services may not import lib/server/hub/hub.ts",
  );
  assertRefused(
    "lib/server/hub/room.ts",
    `import { load } from "../store/rooms.ts";`,
    "house/imports: server/hub may import only types from lib/server/store/rooms.ts",
  );
  assertAllowed("lib/server/hub/room.ts", `import type { RoomRecord } from "../store/rooms.ts";`);
  assertAllowed("lib/server/hub/room.ts", `import { type RoomRecord } from "../store/rooms.ts";`);
});

Deno.test("imports: the server and the browser meet in shared only", () => {
  assertRefused(
    "lib/server/hub/room.ts",
    `import { join } from "../../client/api/join.ts";`,
    "house/imports: server/hub may not import lib/client/api/join.ts",
  );
  assertRefused(
    "lib/client/api/rooms.ts",
    `import { config } from "../../server/config.ts";`,
    "house/imports: client/api may not import lib/server/config.ts",
  );
  assertRefused(
    "islands/Room.tsx",
    `export { config } from "../lib/server/config.ts";`,
    "house/imports: islands may not import lib/server/config.ts",
  );
});

Deno.test("imports: leaves of the client do not know each other", () => {
  assertRefused(
    "lib/client/rtc/mesh.ts",
    `import { LocalMedia } from "../media/local_media.ts";`,
    "house/imports: client/rtc may not import lib/client/media/local_media.ts",
  );
  assertAllowed("lib/client/call/call_session.ts", `import { Mesh } from "../rtc/mesh.ts";`);
});

Deno.test("imports: the browser gets the wire's types and constants, not its schemas", () => {
  assertAllowed(
    "lib/client/api/rooms.ts",
    `import type { VideoRoom } from "../../shared/protocol/rooms.ts";
     import { CLOSE_CODE } from "../../shared/protocol/close_codes.ts";`,
  );
  assertRefused(
    "lib/client/api/rooms.ts",
    `import { VideoRoom } from "../../shared/protocol/rooms.ts";`,
    "house/imports: client/api may import only types from lib/shared/protocol/rooms.ts",
  );
  assertRefused(
    "components/call/Tile.tsx",
    `import { z } from "zod";`,
    "house/imports: components may not import the package zod",
  );
});

Deno.test("imports: dynamic ones count, tests are free", () => {
  assertRefused(
    "islands/Room.tsx",
    `const pages = await import("../routes/index.tsx");`,
    "house/imports: islands may not import routes/index.tsx",
  );
  assertAllowed("lib/client/rtc/mesh_test.ts", `import { a } from "../../server/hub/room.ts";`);
  assertAllowed("tests/integration/join_test.ts", `import { a } from "../../lib/server/a.ts";`);
});

Deno.test("globals: islands ask the client for connections", () => {
  assertRefused(
    "islands/Room.tsx",
    `const socket = new WebSocket("/");`,
    "house/globals: islands may not use WebSocket: it belongs to lib/client/signaling",
  );
  assertRefused(
    "islands/Room.tsx",
    `globalThis.fetch("/");`,
    "house/globals: islands may not use fetch: it belongs to lib/client/api",
  );
  assertRefused(
    "components/ui/Toast.tsx",
    `setTimeout(() => {}, 1);`,
    "house/globals: components may not use setTimeout: it belongs to lib/client",
  );
  assertAllowed("lib/client/api/http.ts", `const answer = fetch("/");`);
});

Deno.test("hub handlers are synchronous", () => {
  const refusal = "house/sync-hub-handlers: hub handlers are synchronous: return an effect instead";
  assertRefused("lib/server/hub/handlers/presence.ts", `export async function a() {}`, refusal);
  assertRefused("lib/server/hub/handlers/presence.ts", `export const a = async () => {};`, refusal);
  assertAllowed("lib/server/hub/socket.ts", `export async function open() {}`);
  assertAllowed("lib/server/hub/handlers/presence_test.ts", `export async function a() {}`);
});

Deno.test("console, environment, markup and default exports have their places", () => {
  assertRefused(
    "lib/server/bus.ts",
    `console.log(1);`,
    "house/no-console: no console here: use lib/server/observability/log.ts",
  );
  assertAllowed("tools/start.ts", `console.log(Deno.env.get("PORT"));`);
  assertRefused(
    "lib/server/bus.ts",
    `Deno.env.get("PORT");`,
    "house/env-in-config: Deno.env is read in lib/server/config.ts only",
  );
  assertAllowed("lib/server/config.ts", `Deno.env.get("PORT");`);
  assertRefused(
    "components/call/Tile.tsx",
    `export const Tile = () => <p dangerouslySetInnerHTML={{ __html: name }} />;`,
    "house/no-inner-html: markup is made by components, never from strings",
  );
  assertRefused(
    "components/call/Tile.tsx",
    `export default 1;`,
    "house/no-default-export: export it by name",
  );
  assertAllowed("islands/Room.tsx", `export default function Room() {}`);
});

Deno.test("shared code has no clock and no randomness; lib has no markup", () => {
  assertRefused(
    "lib/shared/domain/guest_link.ts",
    `export const now = () => new Date();`,
    "house/pure-shared: lib/shared has no clock: take it as an argument",
  );
  assertAllowed("lib/shared/domain/guest_link.ts", `export const at = (t: string) => new Date(t);`);
  assertRefused(
    "lib/shared/domain/room_code.ts",
    `export const roll = () => Math.random();`,
    "house/pure-shared: lib/shared has no randomness: take it as an argument",
  );
  assertRefused(
    "lib/client/call/view.tsx",
    `export const View = () => <p />;`,
    "house/no-jsx-in-lib: no JSX below lib/: markup lives in components and islands",
  );
});

Deno.test("budget: files and functions stay small, exceptions say why", () => {
  const long = (lines: number) => `export function f() {\n${"  g();\n".repeat(lines - 2)}}\n`;
  assertAllowed("lib/server/bus.ts", long(60));
  assertRefused(
    "lib/server/bus.ts",
    long(61),
    "house/budget: this function has 61 lines, more than 60",
  );
  assertAllowed("lib/server/bus.ts", `// budget: one table\n${long(61)}`);
  assertAllowed("lib/server/bus_test.ts", long(61));
  assertAllowed("lib/server/bus.ts", "g();\n".repeat(350));
  assertRefused(
    "lib/server/bus.ts",
    "g();\n".repeat(351),
    "house/budget: this file has 351 lines, more than 350",
  );
  assertAllowed("lib/server/bus.ts", "// budget: one table\n" + "g();\n".repeat(360));
});
