/** The tables of docs/protocol.md, from the schemas and the comments beside them. */
import type { z } from "zod";
import { en } from "../../lib/shared/i18n/en.ts";
import {
  CreateGuestLink,
  GuestExchange,
  GuestLink,
  GuestLinkAnswer,
  Login,
  LoginAnswer,
  PublicUser,
} from "../../lib/shared/protocol/auth.ts";
import { CLOSE_CODE, FINAL_CLOSE_CODES } from "../../lib/shared/protocol/close_codes.ts";
import { ERROR_STATUS, type ErrorCode } from "../../lib/shared/protocol/errors.ts";
import * as limits from "../../lib/shared/protocol/limits.ts";
import { CLIENT_MESSAGES } from "../../lib/shared/protocol/messages.ts";
import {
  IceServer,
  JoinedAnswer,
  JoinRoom,
  Permissions,
  VideoParticipant,
  WaitingAnswer,
} from "../../lib/shared/protocol/participants.ts";
import {
  CreateRoom,
  RoomListQuery,
  UpdateRoom,
  VideoRoom,
} from "../../lib/shared/protocol/rooms.ts";
import {
  Recording,
  RecordingListQuery,
  RecordingTicket,
  RunningRecording,
  Upload,
} from "../../lib/shared/protocol/recordings.ts";
import {
  Ban,
  Mute,
  RemoveQuery,
  SetRole,
  WaitingPerson,
} from "../../lib/shared/protocol/moderation.ts";
import { MediaStream } from "../../lib/shared/protocol/streams.ts";
import { ROOT } from "../sources.ts";
import { commentsIn, declaration } from "./comments.ts";
import { code, table } from "./markdown.ts";
import {
  boundsText,
  fieldTable,
  type JsonSchema,
  jsonSchemaOf,
  nameShape,
  typeText,
} from "./schema_text.ts";

const source = (module: string) =>
  Deno.readTextFileSync(new URL(`lib/shared/protocol/${module}.ts`, ROOT));

/** Commands a client may send. */
export function commands(): string {
  const meanings = commentsIn(declaration(source("messages"), "export const CLIENT_MESSAGES"));
  const rows = Object.entries(CLIENT_MESSAGES).map(([type, schema]) => {
    const data = jsonSchemaOf(schema as z.ZodType, "input");
    const text = Object.keys(data).length === 1 ? "" : code(typeText(data) + openEnd(data));
    return [code(type), text, meanings[type] ?? ""];
  });
  return table(["`type`", "`data`", "Meaning"], rows);
}

/** Dictionaries that are passed on with what else is in them. */
function openEnd(data: JsonSchema): string {
  return typeof data.additionalProperties === "object" ? " & more" : "";
}

/** Bounds of what commands carry, where there are any. */
export function commandBounds(): string {
  const rows = Object.entries(CLIENT_MESSAGES).flatMap(([type, schema]) => {
    const { properties = {} } = jsonSchemaOf(schema as z.ZodType, "input");
    return Object.entries(properties).map(([name, field]) => [
      code(type),
      code(name),
      boundsText(field as JsonSchema),
    ]);
  });
  return table(["`type`", "Field", "Bounds, default"], rows.filter(([, , bounds]) => bounds));
}

const EVENT = /^ {2}"([\w-]+)": (.+);$/gm;

/** Events the server sends. */
export function events(): string {
  const block = declaration(source("messages"), "export interface ServerMessageData");
  const meanings = commentsIn(block);
  const rows = [...block.matchAll(EVENT)].map(([, type = "", data = ""]) => [
    code(type),
    code(data),
    meanings[type] ?? "",
  ]);
  return table(["`type`", "`data`", "Meaning"], rows);
}

export function errorCodes(): string {
  const rows = Object.entries(ERROR_STATUS).map(([name, status]) => [
    code(name),
    String(status),
    en.error[name as ErrorCode],
  ]);
  return table(["`error_code`", "Status", "`detail` in English"], rows);
}

export function closeCodes(): string {
  const meanings = commentsIn(source("close_codes"));
  const rows = Object.entries(CLOSE_CODE).map(([name, number]) => [
    String(number),
    code(name),
    meanings[name] ?? "",
    FINAL_CLOSE_CODES.has(number) ? "no" : "yes",
  ]);
  return table(["Code", "Name", "Meaning", "Come back by itself"], rows);
}

export function limitTable(): string {
  const meanings = commentsIn(source("limits"));
  const { RATE_LIMITS: _rates, ...plain } = limits;
  const rows = Object.entries(plain).map(([name, value]) => [
    code(name),
    Array.isArray(value) ? value.join(", ") : String(value),
    meanings[name] ?? "",
  ]);
  const inOrder = [...source("limits").matchAll(/export const (\w+)/g)].map(([, name]) => name);
  rows.sort(([one], [other]) => position(inOrder, one) - position(inOrder, other));
  return table(["Limit", "Value", "Meaning"], rows);
}

/** A module's exports come sorted by name; the source says what belongs together. */
function position(names: readonly (string | undefined)[], cell: string | undefined): number {
  return names.findIndex((name) => code(name ?? "") === cell);
}

export function rateLimits(): string {
  const meanings = commentsIn(declaration(source("limits"), "export const RATE_LIMITS"));
  const rows = Object.entries(limits.RATE_LIMITS).map(([name, { limit, windowSeconds }]) => [
    code(name),
    `${limit} in ${windowSeconds} s`,
    meanings[name] ?? "",
  ]);
  return table(["Rate", "Limit", "Counts"], rows);
}

interface Body {
  readonly schema: z.ZodType;
  readonly module: string;
  readonly io: "input" | "output";
  /** Has all fields of this one, too. */
  readonly extends?: string;
}

const BODIES: Readonly<Record<string, Body>> = {
  Login: { schema: Login, module: "auth", io: "input" },
  LoginAnswer: { schema: LoginAnswer, module: "auth", io: "output" },
  PublicUser: { schema: PublicUser, module: "auth", io: "output" },
  GuestExchange: { schema: GuestExchange, module: "auth", io: "input" },
  CreateGuestLink: { schema: CreateGuestLink, module: "auth", io: "input" },
  GuestLinkAnswer: { schema: GuestLinkAnswer, module: "auth", io: "output" },
  GuestLink: { schema: GuestLink, module: "auth", io: "output" },
  CreateRoom: { schema: CreateRoom, module: "rooms", io: "input" },
  UpdateRoom: { schema: UpdateRoom, module: "rooms", io: "input" },
  RoomListQuery: { schema: RoomListQuery, module: "rooms", io: "input" },
  VideoRoom: { schema: VideoRoom, module: "rooms", io: "output" },
  JoinRoom: { schema: JoinRoom, module: "participants", io: "input" },
  JoinedAnswer: {
    schema: JoinedAnswer,
    module: "participants",
    io: "output",
    extends: "VideoParticipant",
  },
  WaitingAnswer: {
    schema: WaitingAnswer,
    module: "participants",
    io: "output",
    extends: "VideoParticipant",
  },
  VideoParticipant: { schema: VideoParticipant, module: "participants", io: "output" },
  Permissions: { schema: Permissions, module: "participants", io: "output" },
  IceServer: { schema: IceServer, module: "participants", io: "output" },
  Mute: { schema: Mute, module: "moderation", io: "input" },
  SetRole: { schema: SetRole, module: "moderation", io: "input" },
  RemoveQuery: { schema: RemoveQuery, module: "moderation", io: "input" },
  Ban: { schema: Ban, module: "moderation", io: "output" },
  WaitingPerson: { schema: WaitingPerson, module: "moderation", io: "output" },
  MediaStream: { schema: MediaStream, module: "streams", io: "output" },
  RecordingListQuery: { schema: RecordingListQuery, module: "recordings", io: "input" },
  Recording: { schema: Recording, module: "recordings", io: "output" },
  RecordingTicket: {
    schema: RecordingTicket,
    module: "recordings",
    io: "output",
    extends: "Recording",
  },
  RunningRecording: { schema: RunningRecording, module: "recordings", io: "output" },
  Upload: { schema: Upload, module: "recordings", io: "output" },
};

/** Fields of every body of the REST API. */
export function bodies(): string {
  for (const [name, { schema, io }] of Object.entries(BODIES)) {
    if (io === "output") nameShape(name, schema);
  }
  return Object.entries(BODIES).map(([name, body]) => `#### ${name}\n\n${bodyText(name, body)}`)
    .join("\n\n");
}

function bodyText(name: string, body: Body): string {
  const meanings = commentsIn(declaration(source(body.module), `export const ${name} = `));
  const schema = jsonSchemaOf(body.schema, body.io);
  const base = body.extends === undefined ? undefined : BODIES[body.extends];
  if (base === undefined) return fieldTable(schema, meanings);
  const inherited = Object.keys(jsonSchemaOf(base.schema, base.io).properties ?? {});
  const own = Object.entries(schema.properties ?? {}).filter(([name]) => !inherited.includes(name));
  const rest = fieldTable({ ...schema, properties: Object.fromEntries(own) }, meanings);
  return `All fields of ${body.extends}, and:\n\n${rest}`;
}
