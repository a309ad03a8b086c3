/**
 * How every documented answer is brought about: what must be there before an example works, and for
 * each error code what to do to get it.
 */
import type { ErrorCode } from "../../lib/shared/protocol/errors.ts";
import { OPERATIONS } from "../../lib/shared/protocol/operations.ts";
import { MAX_JSON_BODY_BYTES, RATE_LIMITS } from "../../lib/shared/protocol/limits.ts";
import type { Operation, Variable } from "../../lib/shared/protocol/operations_model.ts";
import { SMALLEST_MP4 } from "../../lib/shared/protocol/operations_uploads.ts";
import { loadRecording } from "../../lib/server/store/recordings.ts";
import type { Answer } from "./app.ts";
import { exampleOf, forgetAdmin, type Request, type Scene, send } from "./contract_scene.ts";

const room = ({ variables }: Scene) => `/video/rooms/${variables.CODE}`;

/** As the host of the scene. */
function hostAsks(scene: Scene, method: string, path: string, body?: unknown) {
  const { app, variables, from } = scene;
  return app.ask(method, path, { token: variables.TOKEN, body, from });
}

async function somebodyWaits(scene: Scene): Promise<void> {
  const { app, variables, from } = scene;
  await hostAsks(scene, "PATCH", room(scene), { waiting_room_enabled: true });
  const { token } = await app.guest(variables.TOKEN, variables.CODE, from);
  const { body } = await app.join(token, variables.CODE, { from });
  variables.WAITING = String(body.participant_id);
}

async function somebodyIsBanned(scene: Scene): Promise<void> {
  const { app, variables, from } = scene;
  const { token } = await app.guest(variables.TOKEN, variables.CODE, from);
  const { body } = await app.join(token, variables.CODE, { from });
  await hostAsks(scene, "DELETE", `${room(scene)}/participants/${body.participant_id}?ban=true`);
  const bans = await hostAsks(scene, "GET", `${room(scene)}/bans`);
  variables.BAN = String(bans.body[0].ban_id);
}

async function thereIsALink(scene: Scene): Promise<void> {
  const { variables } = scene;
  const links = await hostAsks(scene, "GET", `/api/rooms/${variables.ROOM}/guest-links`);
  variables.LINK = links.body[0].link_id;
}

async function somethingRuns(scene: Scene): Promise<void> {
  const { body } = await hostAsks(scene, "POST", `${room(scene)}/recording/start`);
  scene.variables.RECORDING = String(body.recording_id);
}

async function somethingWasRecorded(scene: Scene): Promise<void> {
  await somethingRuns(scene);
  await hostAsks(scene, "POST", `${room(scene)}/recording/stop`);
}

const operationOf = (id: string) => OPERATIONS.find((each) => each.id === id)!;

/** With the header `filetype` of the thumbnail instead of the film's. */
async function somethingIsOnItsWay(scene: Scene, headers = {}): Promise<void> {
  await somethingWasRecorded(scene);
  const request = exampleOf(operationOf("beginUpload"), scene);
  const begun = await send(scene, { ...request, headers: { ...request.headers, ...headers } });
  scene.variables.UPLOAD = begun.headers.get("location")!.split("/").at(-1)!;
}

async function somethingIsHere(scene: Scene): Promise<void> {
  await somethingIsOnItsWay(scene);
  await send(scene, exampleOf(operationOf("continueUpload"), scene));
}

async function thereIsAThumbnail(scene: Scene): Promise<void> {
  const headers = { "Upload-Length": "3", "Upload-Metadata": "filetype aW1hZ2UvanBlZw==" };
  await somethingIsOnItsWay(scene, headers);
  // Strings go as UTF-8, a JPEG does not.
  const { app, variables: { RECORDING, UPLOAD, TOKEN } } = scene;
  await fetch(`${app.origin}/video/recordings/${RECORDING}/uploads/${UPLOAD}`, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${TOKEN}`,
      "content-type": "application/offset+octet-stream",
      "tus-resumable": "1.0.0",
      "upload-offset": "0",
    },
    body: new Uint8Array([0xff, 0xd8, 0xff]),
  });
}

/** By operation: what its example needs beyond the scene. */
export const PREPARATIONS: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  admitParticipant: somebodyWaits,
  denyParticipant: somebodyWaits,
  listBans: somebodyIsBanned,
  liftBan: somebodyIsBanned,
  adminListBans: somebodyIsBanned,
  adminLiftBan: somebodyIsBanned,
  stopRecording: somethingRuns,
  listRecordings: somethingIsHere,
  getRecording: somethingIsHere,
  deleteRecording: somethingIsHere,
  getRecordingFile: somethingIsHere,
  getRecordingThumbnail: thereIsAThumbnail,
  beginUpload: somethingWasRecorded,
  getUpload: somethingIsOnItsWay,
  continueUpload: somethingIsOnItsWay,
  cancelUpload: somethingIsOnItsWay,
  adminListRecordings: somethingIsHere,
  adminDeleteRecording: somethingIsHere,
  adminGetRecordingFile: somethingIsHere,
  adminGetRecordingThumbnail: thereIsAThumbnail,
  revokeGuestLink: thereIsALink,
  adminRevokeGuestLink: thereIsALink,
};

/** By operation: what must be undone, since all scenes share the server. */
export const CLEANUPS: Readonly<Record<string, (scene: Scene) => unknown>> = {
  adminSignOut: forgetAdmin,
  adminChangeAccessPassword: ({ app, variables }) =>
    app.ask("PUT", "/api/admin/access-password", {
      token: variables.ADMIN_TOKEN,
      body: { password: variables.PASSWORD },
    }),
  adminChangeSettings: ({ app, variables }) =>
    app.ask("PATCH", "/api/admin/settings", {
      token: variables.ADMIN_TOKEN,
      body: { default_locale: null },
    }),
};

// deno-lint-ignore no-explicit-any -- bodies of many shapes
export type Got = Answer<any>;
type Recipe = (operation: Operation, scene: Scene) => Promise<Got>;

/** The example with something changed. */
function changed(change: (request: Request, operation: Operation) => Partial<Request>): Recipe {
  return (operation, scene) => {
    const request = exampleOf(operation, scene);
    return send(scene, { ...request, ...change(request, operation) });
  };
}

/** The example with other words in its head. */
function withHeaders(other: Record<string, string>): Recipe {
  return changed(({ headers }) => ({ headers: { ...headers, ...other } }));
}

/** The example with another value for a variable, as in another room. */
async function with_(operation: Operation, scene: Scene, other: Partial<Record<Variable, string>>) {
  const variables = { ...scene.variables, ...other };
  return await send(scene, exampleOf(operation, { ...scene, variables }));
}

async function repeated(times: number, ask: () => Promise<Got>): Promise<Got> {
  for (let count = 1; count < times; count++) await ask();
  return await ask();
}

/** As if no recording might take any room. */
async function withoutRoom(operation: Operation, scene: Scene): Promise<Got> {
  const { config } = scene.app.container;
  config.recordingsQuotaBytes = -1;
  try {
    return await send(scene, exampleOf(operation, scene));
  } finally {
    config.recordingsQuotaBytes = null;
  }
}

/** Who sees the recording, and is neither host nor did record it. */
async function moderatorAsks(operation: Operation, scene: Scene): Promise<Got> {
  const path = `${room(scene)}/participants/${scene.variables.PARTICIPANT}/role`;
  await hostAsks(scene, "POST", path, { role: "moderator" });
  return await send(scene, { ...exampleOf(operation, scene), token: scene.guestToken });
}

/** All of the upload is here, and nobody has looked at it yet: as after a sudden end. */
async function allHasCome({ app, variables }: Scene, bytes: string): Promise<void> {
  const { kv, services } = app.container;
  const recording = await loadRecording(kv, Number(variables.RECORDING));
  const { files } = services.recordingLedger;
  await Deno.writeTextFile(files.partOf(recording!, variables.UPLOAD), bytes);
}

const UNKNOWN_CODE = "ZZZZZZZZ";
/** Longer than any id that was given out. */
const UNKNOWN_ID = "99999999999999";

async function roomOfTwoIsFull(scene: Scene): Promise<void> {
  await hostAsks(scene, "PATCH", room(scene), { max_participants: 2 });
}

/** Those that go for every operation that documents the code. */
const GENERAL: Readonly<Partial<Record<ErrorCode, Recipe>>> = {
  VALIDATION_ERROR: changed(({ headers }, { body }) =>
    body ? { body: "[]" } : { headers: { ...headers, "x-forwarded-host": "evil.example" } }
  ),
  MALFORMED_JSON: changed(() => ({ body: "{" })),
  PAYLOAD_TOO_LARGE: changed(() => ({ body: `"${"x".repeat(MAX_JSON_BODY_BYTES)}"` })),
  UNAUTHORIZED: changed(() => ({ token: undefined })),
  SESSION_EXPIRED: changed(() => ({ token: "no.such.token" })),
  FOREIGN_ORIGIN: changed(() => ({
    token: undefined,
    headers: { origin: "https://evil.example" },
  })),
  NOT_FOUND: (operation, scene) => {
    const variables = Object.values(operation.params ?? {}).map(({ variable }) => variable);
    return with_(
      operation,
      scene,
      Object.fromEntries(variables.map((name) => [name, "%E0%A4%A"])),
    );
  },
  ROOM_NOT_FOUND: (operation, scene) =>
    with_(operation, scene, { CODE: UNKNOWN_CODE, ROOM: UNKNOWN_ID }),
  PARTICIPANT_NOT_FOUND: (operation, scene) =>
    with_(operation, scene, { PARTICIPANT: UNKNOWN_ID, WAITING: UNKNOWN_ID }),
  RECORDING_NOT_FOUND: (operation, scene) => with_(operation, scene, { RECORDING: UNKNOWN_ID }),
  async RECORDING_NOT_READY(operation, scene) {
    await somethingWasRecorded(scene);
    return await send(scene, exampleOf(operation, scene));
  },
  RANGE_NOT_SATISFIABLE: changed(() => ({ headers: { "Range": "bytes=1000000-" } })),
  UPLOAD_VERSION_UNSUPPORTED: withHeaders({ "Tus-Resumable": "0.2.2" }),
  async ROOM_INACTIVE(operation, scene) {
    await hostAsks(scene, "DELETE", room(scene));
    return await send(scene, exampleOf(operation, scene));
  },
  async BANNED(operation, scene) {
    const { app, variables, from } = scene;
    const { token } = await app.signIn("Mallory");
    const { body } = await app.join(token, variables.CODE, { from });
    await hostAsks(scene, "DELETE", `${room(scene)}/participants/${body.participant_id}?ban=true`);
    return await send(scene, { ...exampleOf(byCode(operation), scene), token });
  },
  async DENIED(operation, scene) {
    const { app, variables, from } = scene;
    const wish = { waiting_room_enabled: true, waiting_room_for: "all" };
    await hostAsks(scene, "PATCH", room(scene), wish);
    const { token } = await app.signIn("Walter");
    await app.join(token, variables.CODE, { from });
    await hostAsks(scene, "POST", `${room(scene)}/participants/all/deny`);
    return await send(scene, { ...exampleOf(byCode(operation), scene), token });
  },
  async WAITING(operation, scene) {
    const { app, variables, from } = scene;
    const wish = { waiting_room_enabled: true, waiting_room_for: "all" };
    await hostAsks(scene, "PATCH", room(scene), wish);
    const { token } = await app.signIn("Walter");
    await app.join(token, variables.CODE, { from });
    return await send(scene, { ...exampleOf(byCode(operation), scene), token });
  },
  FORBIDDEN: (operation, scene) => {
    const { who } = operation;
    const token = who === "lead" || who === "host" || who === "admin"
      ? scene.strangerToken
      : scene.participantToken;
    return send(scene, { ...exampleOf(byCode(operation), scene), token });
  },
  GUESTS_NOT_ALLOWED: (operation, scene) =>
    send(scene, { ...exampleOf(byCode(operation), scene), token: scene.guestToken }),
  TOO_MANY_REQUESTS: (operation, scene) =>
    repeated(
      RATE_LIMITS.unknown_room_codes.limit + 1,
      () => with_(byCode(operation), scene, { CODE: UNKNOWN_CODE }),
    ),
  async CONFLICT(operation, scene) {
    const { kv } = scene.app.container;
    const { atomic } = kv;
    // Somebody else was faster, each time.
    Object.assign(kv, {
      atomic: () => {
        const operation = atomic.call(kv);
        return Object.assign(operation, { commit: () => Promise.resolve({ ok: false }) });
      },
    });
    try {
      return await send(scene, exampleOf(operation, scene));
    } finally {
      Object.assign(kv, { atomic });
    }
  },
};

/** Guest links name their room by code or id; people without a role know the code only. */
function byCode(operation: Operation): Operation {
  const params = Object.fromEntries(
    Object.entries(operation.params ?? {}).map(([name, parameter]) => [
      name,
      parameter.variable === "ROOM" && operation.who !== "admin"
        ? { ...parameter, variable: "CODE" as const }
        : parameter,
    ]),
  );
  return { ...operation, ...(operation.params ? { params } : {}) };
}

/** By operation, where the general way does not lead there. */
const SPECIAL: Readonly<Record<string, Partial<Record<ErrorCode, Recipe>>>> = {
  signIn: {
    INVALID_PASSWORD: (operation, scene) => with_(operation, scene, { PASSWORD: "wrong" }),
    TOO_MANY_REQUESTS: (operation, scene) =>
      repeated(
        RATE_LIMITS.login_failures.limit + 1,
        () => with_(operation, scene, { PASSWORD: "wrong" }),
      ),
  },
  adminSignIn: {
    INVALID_CREDENTIALS: (operation, scene) => with_(operation, scene, { ADMIN_PASSWORD: "wrong" }),
    TOO_MANY_REQUESTS: (operation, scene) =>
      repeated(
        RATE_LIMITS.login_failures.limit + 1,
        () => with_(operation, scene, { ADMIN_PASSWORD: "wrong" }),
      ),
  },
  signInAsGuest: {
    GUEST_LINK_INVALID: (operation, scene) => with_(operation, scene, { GUEST_TOKEN: "none" }),
    async GUEST_LINK_EXPIRED(operation, scene) {
      const { variables } = scene;
      const path = `/api/rooms/${variables.CODE}/generate-guest-link`;
      const { body } = await hostAsks(scene, "POST", path, { max_uses: 1 });
      const ask = () => with_(operation, scene, { GUEST_TOKEN: body.guest_token });
      return await repeated(2, ask);
    },
    async BANNED(operation, scene) {
      const { app, variables, from } = scene;
      const link = exampleOf(operation, scene);
      const first = await send(scene, link);
      const cookie = first.headers.getSetCookie()
        .map((each) => each.split(";")[0]!).find((each) => each.includes("vc_browser"));
      const joined = await app.join(first.body.token, variables.CODE, {
        from,
        headers: { cookie: cookie ?? "" },
      });
      const target = `${room(scene)}/participants/${joined.body.participant_id}?ban=true`;
      await hostAsks(scene, "DELETE", target);
      return await send(scene, { ...link, headers: { cookie: cookie ?? "" } });
    },
    TOO_MANY_REQUESTS: (operation, scene) =>
      repeated(
        RATE_LIMITS.guest_exchanges.limit + 1,
        () => with_(operation, scene, { GUEST_TOKEN: "none" }),
      ),
  },
  startRecording: {
    async RECORDING_DISABLED(operation, scene) {
      await hostAsks(scene, "PATCH", room(scene), { recording_enabled: false });
      return await send(scene, exampleOf(operation, scene));
    },
    RECORDING_RUNNING: (operation, scene) =>
      repeated(2, () => send(scene, exampleOf(operation, scene))),
    STORAGE_FULL: withoutRoom,
  },
  stopRecording: {
    RECORDING_NOT_RUNNING: (operation, scene) =>
      repeated(2, () => send(scene, exampleOf(operation, scene))),
  },
  deleteRecording: { FORBIDDEN: moderatorAsks, CONFLICT: conflictWhileRunning },
  adminDeleteRecording: { CONFLICT: conflictWhileRunning },
  beginUpload: {
    FORBIDDEN: moderatorAsks,
    async RECORDING_RUNNING(operation, scene) {
      await somethingRuns(scene);
      return await send(scene, exampleOf(operation, scene));
    },
    PAYLOAD_TOO_LARGE: withHeaders({ "Upload-Length": String(1024 ** 4) }),
    STORAGE_FULL: withoutRoom,
  },
  getUpload: {
    FORBIDDEN: moderatorAsks,
    async CONFLICT(operation, scene) {
      await allHasCome(scene, SMALLEST_MP4);
      return await GENERAL.CONFLICT!(operation, scene);
    },
    async UNSUPPORTED_MEDIA_TYPE(operation, scene) {
      await allHasCome(scene, "x".repeat(SMALLEST_MP4.length));
      return await send(scene, exampleOf(operation, scene));
    },
    async CHECKSUM_MISMATCH(operation, scene) {
      const sha256 = btoa("0".repeat(64));
      await somethingIsOnItsWay(scene, {
        "Upload-Metadata": `filetype dmlkZW8vbXA0,sha256 ${sha256}`,
      });
      await allHasCome(scene, SMALLEST_MP4);
      return await send(scene, exampleOf(operation, scene));
    },
  },
  continueUpload: {
    FORBIDDEN: moderatorAsks,
    UPLOAD_OFFSET_MISMATCH: withHeaders({ "Upload-Offset": "5" }),
    PAYLOAD_TOO_LARGE: changed(() => ({ body: SMALLEST_MP4.repeat(2) })),
    UNSUPPORTED_MEDIA_TYPE: changed(() => ({ body: "x".repeat(SMALLEST_MP4.length) })),
    CHECKSUM_MISMATCH: withHeaders({ "Upload-Checksum": `sha256 ${"A".repeat(43)}=` }),
    async STORAGE_FULL(operation, scene) {
      const { files } = scene.app.container.services.recordingLedger;
      const { freeBytes } = files;
      files.freeBytes = () => Promise.resolve(0);
      return await send(scene, exampleOf(operation, scene)).finally(() =>
        files.freeBytes = freeBytes
      );
    },
  },
  cancelUpload: {
    FORBIDDEN: moderatorAsks,
    async CONFLICT(operation, scene) {
      await send(scene, exampleOf(operationOf("continueUpload"), scene));
      return await send(scene, exampleOf(operation, scene));
    },
  },
  createRoom: {
    TOO_MANY_REQUESTS: (operation, scene) =>
      repeated(RATE_LIMITS.room_creations.limit, () => send(scene, exampleOf(operation, scene))),
  },
  joinRoom: {
    async ENCRYPTION_REQUIRED(operation, scene) {
      const wish = { room_name: "Encrypted", e2ee_required: true };
      const { body } = await hostAsks(scene, "POST", "/video/rooms", wish);
      const request = exampleOf(operation, scene);
      return await send(scene, { ...request, path: `/video/rooms/${body.room_code}/join` });
    },
    async ROOM_FULL(operation, scene) {
      await roomOfTwoIsFull(scene);
      return await send(scene, { ...exampleOf(operation, scene), token: scene.strangerToken });
    },
    async ROOM_LOCKED(operation, scene) {
      await hostAsks(scene, "PATCH", room(scene), { is_locked: true });
      return await send(scene, { ...exampleOf(operation, scene), token: scene.strangerToken });
    },
  },
  leaveRoom: { PARTICIPANT_NOT_FOUND: strangerAsks },
  leaveRoomByBeacon: { PARTICIPANT_NOT_FOUND: strangerAsks },
  admitParticipant: {
    async ROOM_FULL(operation, scene) {
      await roomOfTwoIsFull(scene);
      return await send(scene, exampleOf(operation, scene));
    },
  },
};

async function conflictWhileRunning(operation: Operation, scene: Scene): Promise<Got> {
  await somethingRuns(scene);
  return await GENERAL.CONFLICT!(operation, scene);
}

function strangerAsks(operation: Operation, scene: Scene): Promise<Got> {
  return send(scene, { ...exampleOf(operation, scene), token: scene.strangerToken });
}

/** Undefined: nobody wrote down how to get this error from this operation. */
export function recipeFor({ id }: Operation, code: ErrorCode): Recipe | undefined {
  return SPECIAL[id]?.[code] ?? GENERAL[code];
}
