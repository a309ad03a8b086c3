/**
 * The law of the house as data: routes → lib/server → lib/shared ← lib/client ← islands, components.
 * `docs/architecture.md` shows this table to people; the lint plugin holds everyone to it.
 */

/** A place in the project, and what its modules may import. Paths are relative to the project. */
export interface Room {
  readonly name: string;
  /** Path prefixes; a file lives in the first room of the table that claims it. */
  readonly at: readonly string[];
  /** Ends of file names, where the prefix alone does not tell. */
  readonly endings?: readonly string[];
  /** Path prefixes whose modules may be imported. */
  readonly imports: readonly string[];
  /** Path prefixes from which only types may be imported: they leave nothing behind at run time. */
  readonly types?: readonly string[];
  /** Packages by their bare names; `node:` stands for Deno's Node modules. */
  readonly packages?: readonly string[];
  /** Globals that belong to somebody else, each with the one to ask. */
  readonly foreignGlobals?: Readonly<Record<string, string>>;
}

/** The modules of the wire that carry no schemas, so the browser may have them. */
export const ZOD_FREE_PROTOCOL: readonly string[] = [
  "lib/shared/protocol/limits.ts",
  "lib/shared/protocol/errors.ts",
  "lib/shared/protocol/close_codes.ts",
];

/** What both sides share and what is light enough for the browser. */
export const LIGHT_SHARED: readonly string[] = [
  "lib/shared/domain/",
  "lib/shared/i18n/",
  ...ZOD_FREE_PROTOCOL,
];

const UI_PACKAGES = ["preact", "@preact/signals", "lucide-preact"];

const CONNECTIONS = {
  RTCPeerConnection: "lib/client/rtc",
  WebSocket: "lib/client/signaling",
  fetch: "lib/client/api",
};

const clientLeaf = (name: string): Room => ({
  name: `client/${name}`,
  at: [`lib/client/${name}/`],
  imports: [`lib/client/${name}/`, "lib/client/util/", ...LIGHT_SHARED],
  types: ["lib/shared/"],
  packages: ["@preact/signals"],
});

export const ROOMS: readonly Room[] = [
  {
    name: "main",
    at: ["main.ts"],
    imports: ["lib/server/", "lib/shared/"],
    packages: ["node:"],
  },
  {
    name: "pages",
    at: ["routes/"],
    endings: [".tsx"],
    imports: [
      "lib/server/http/",
      "lib/server/container.ts",
      "lib/shared/",
      "islands/",
      "components/",
      "routes/",
      "assets/",
    ],
    types: ["lib/server/"],
    packages: ["fresh", "preact"],
  },
  {
    name: "API routes",
    at: ["routes/"],
    imports: [
      "lib/server/http/",
      "lib/server/container.ts",
      "lib/server/services/wire.ts",
      "lib/shared/",
      "routes/",
    ],
    types: ["lib/server/"],
    packages: ["fresh"],
  },
  {
    name: "islands",
    at: ["islands/"],
    imports: ["lib/client/", "components/", "islands/", ...LIGHT_SHARED],
    types: ["lib/shared/"],
    packages: UI_PACKAGES,
    foreignGlobals: CONNECTIONS,
  },
  {
    name: "components",
    at: ["components/"],
    imports: ["components/", ...LIGHT_SHARED],
    types: ["lib/shared/", "lib/client/"],
    packages: UI_PACKAGES,
    foreignGlobals: {
      ...CONNECTIONS,
      localStorage: "lib/client",
      sessionStorage: "lib/client",
      setTimeout: "lib/client",
      setInterval: "lib/client",
    },
  },
  {
    name: "shared/protocol",
    at: ["lib/shared/protocol/"],
    imports: ["lib/shared/protocol/", "lib/shared/domain/"],
    packages: ["zod"],
  },
  {
    name: "shared/domain",
    at: ["lib/shared/domain/"],
    imports: ["lib/shared/domain/", ...ZOD_FREE_PROTOCOL],
    types: ["lib/shared/protocol/"],
  },
  {
    name: "shared/i18n",
    at: ["lib/shared/i18n/"],
    imports: ["lib/shared/i18n/", ...ZOD_FREE_PROTOCOL],
    types: ["lib/shared/"],
  },
  { name: "shared", at: ["lib/shared/"], imports: LIGHT_SHARED, types: ["lib/shared/"] },
  {
    // Where the hub meets the rest: the handshake is still a request, an error has one form.
    name: "server/hub edge",
    at: [
      "lib/server/hub/socket.ts",
      "lib/server/hub/served_socket.ts",
      "lib/server/hub/check_socket.ts",
      "lib/server/hub/peerjs_door.ts",
      "lib/server/hub/live_hub.ts",
    ],
    imports: [
      "lib/server/hub/",
      "lib/server/http/",
      "lib/server/container.ts",
      "lib/server/app_error.ts",
      "lib/server/observability/",
      "lib/shared/",
    ],
    types: ["lib/server/"],
  },
  {
    name: "server/hub",
    at: ["lib/server/hub/"],
    imports: [
      "lib/server/hub/",
      "lib/server/services/",
      "lib/server/auth/",
      "lib/server/bus.ts",
      "lib/server/app_error.ts",
      "lib/server/observability/",
      "lib/shared/",
    ],
    types: ["lib/server/"],
  },
  {
    name: "server/services",
    at: ["lib/server/services/"],
    imports: [
      "lib/server/services/",
      "lib/server/store/",
      "lib/server/auth/",
      "lib/server/media/",
      "lib/server/bus.ts",
      "lib/server/app_error.ts",
      "lib/server/observability/",
      "lib/shared/",
    ],
    types: ["lib/server/config.ts", "lib/server/hub_port.ts"],
    packages: ["qrcode", "node:"],
  },
  {
    name: "server/store",
    at: ["lib/server/store/"],
    imports: ["lib/server/store/", "lib/server/app_error.ts", "lib/shared/"],
    packages: ["zod", "node:"],
  },
  {
    name: "server/auth",
    at: ["lib/server/auth/"],
    imports: ["lib/server/auth/", "lib/server/store/", "lib/server/app_error.ts", "lib/shared/"],
    types: ["lib/server/config.ts"],
    packages: ["jose", "zod", "node:"],
  },
  {
    name: "server/http",
    at: ["lib/server/http/"],
    imports: [
      "lib/server/http/",
      // The edge hands upgrades to the door of the hub.
      "lib/server/hub/socket.ts",
      // Tells storage that is away from a bug.
      "lib/server/store/kv.ts",
      "lib/server/services/",
      "lib/server/auth/",
      "lib/server/observability/",
      "lib/server/container.ts",
      "lib/server/app_error.ts",
      "lib/shared/",
    ],
    types: ["lib/server/"],
    packages: ["zod", "node:"],
  },
  {
    name: "server/observability",
    at: ["lib/server/observability/"],
    imports: ["lib/server/observability/", "lib/shared/"],
    types: ["lib/server/hub_port.ts"],
    packages: ["prom-client", "node:"],
  },
  {
    name: "server/media",
    at: ["lib/server/media/"],
    imports: ["lib/server/media/", "lib/server/app_error.ts", "lib/shared/"],
    types: ["lib/server/config.ts"],
    packages: ["node:"],
  },
  {
    name: "server",
    at: ["lib/server/"],
    imports: ["lib/server/", "lib/shared/"],
    packages: ["zod", "node:"],
  },
  {
    name: "client/call",
    at: ["lib/client/call/", "lib/client/entry/"],
    imports: ["lib/client/", ...LIGHT_SHARED],
    types: ["lib/shared/"],
    packages: ["@preact/signals"],
  },
  ...["signaling", "api", "rtc", "media", "e2ee", "messages", "recording", "quality"].map(
    clientLeaf,
  ),
  {
    name: "client/util",
    at: ["lib/client/util/"],
    imports: ["lib/client/util/", ...LIGHT_SHARED],
    types: ["lib/shared/"],
    packages: ["@preact/signals", "qrcode"],
  },
];

/** Modules beside the product: they may look everywhere. */
const WORKSHOP = /^(tests|bench|tools)\/|_test\.tsx?$|^vite\.config\.ts$/;

/** True for tests, benchmarks and tools, which run on a developer's machine only. */
export function isWorkshop(path: string): boolean {
  return WORKSHOP.test(path);
}

/** The room a file lives in; undefined where no law applies. */
export function roomOf(path: string): Room | undefined {
  if (isWorkshop(path)) return undefined;
  return ROOMS.find(({ at, endings }) =>
    at.some((prefix) => path.startsWith(prefix)) &&
    (endings === undefined || endings.some((ending) => path.endsWith(ending)))
  );
}

/**
 * Why this import breaks the law; undefined when it does not.
 * @param specifier as written in the source
 */
export function importProblem(
  room: Room,
  { from, specifier, typeOnly }: { from: string; specifier: string; typeOnly: boolean },
): string | undefined {
  if (!specifier.startsWith(".")) return packageProblem(room, specifier);
  const path = resolve(from, specifier);
  const allowed = (prefixes: readonly string[] = []) =>
    prefixes.some((prefix) => path.startsWith(prefix));
  if (allowed(room.imports)) return undefined;
  if (!allowed(room.types)) return `${room.name} may not import ${path}`;
  return typeOnly ? undefined : `${room.name} may import only types from ${path}`;
}

function packageProblem(room: Room, specifier: string): string | undefined {
  const allowed = (room.packages ?? []).some((name) =>
    specifier === name || specifier.startsWith(name.endsWith(":") ? name : `${name}/`)
  );
  return allowed ? undefined : `${room.name} may not import the package ${specifier}`;
}

/** `routes/video/a.ts` + `../../lib/b.ts` → `lib/b.ts`. */
function resolve(from: string, specifier: string): string {
  return decodeURI(new URL(specifier, `file:///${from}`).pathname.slice(1));
}
