/** Schemas that have a name of their own in the reference: the one they are exported under. */
import { z } from "zod";
import * as admin from "./admin.ts";
import * as adminOperations from "./admin_operations.ts";
import * as auth from "./auth.ts";
import * as moderation from "./moderation.ts";
import * as errors from "./operations_errors.ts";
import * as server from "./operations_server.ts";
import * as participants from "./participants.ts";
import * as recordings from "./recordings.ts";
import * as rooms from "./rooms.ts";
import * as streams from "./streams.ts";
import * as uploads from "./uploads.ts";

/** By the names of their files. */
const MODULES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  admin,
  admin_operations: adminOperations,
  auth,
  moderation,
  operations_errors: errors,
  operations_server: server,
  participants,
  recordings,
  rooms,
  streams,
  uploads,
};

export interface NamedSchema {
  readonly name: string;
  /** File it is declared in, without `.ts`. */
  readonly module: string;
  readonly schema: z.ZodType;
}

function isNamed(schema: unknown): schema is z.ZodType {
  return schema instanceof z.ZodObject || schema instanceof z.ZodEnum ||
    schema instanceof z.ZodUnion;
}

/** Objects, enumerations and choices; everything else is shown where it is used. */
export const NAMED_SCHEMAS: readonly NamedSchema[] = Object.entries(MODULES).flatMap(
  ([module, exports]) =>
    Object.entries(exports).flatMap(([name, schema]) =>
      isNamed(schema) ? [{ name, module, schema }] : []
    ),
);
