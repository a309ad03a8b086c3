/** What all operations of the reference have in common. */
import { MAX_JSON_BODY_BYTES } from "../../shared/protocol/limits.ts";
import { type Audience, VARIABLES } from "../../shared/protocol/operations_model.ts";
import type { OpenApiDocument } from "../../shared/protocol/operations_view.ts";

/** Either will do. */
export function securityFor(who: Audience): Record<string, string[]>[] {
  if (who === "anyone") return [];
  const schemes = who === "admin" ? ["adminToken", "adminCookie"] : ["token", "cookie"];
  return schemes.map((scheme) => ({ [scheme]: [] }));
}

export const COMMON_PARTS: Omit<OpenApiDocument["components"], "schemas"> = {
  headers: {
    "Content-Language": {
      description: "Language of `detail`",
      schema: { type: "string", enum: ["en", "ru"] },
    },
    "WWW-Authenticate": {
      description: "How to say who you are",
      schema: { type: "string" },
    },
    "Retry-After": { description: "Seconds to wait", schema: { type: "string" } },
  },
  parameters: {
    AcceptLanguage: {
      name: "Accept-Language",
      in: "header",
      description: "Language of `detail` in errors: `en` or `ru`. The cookie `vc_lang` goes first.",
      schema: { type: "string" },
      example: "ru, en;q=0.5",
    },
  },
  securitySchemes: {
    token: {
      type: "http",
      scheme: "bearer",
      description: "`token` of signing in, or `session_token` of joining a room.",
    },
    cookie: {
      type: "apiKey",
      in: "cookie",
      name: "vc_session",
      description: "Set by signing in; `__Host-vc_session` over https. For pages of this server: " +
        "what changes something must come with a matching `Origin`.",
    },
    adminToken: {
      type: "http",
      scheme: "bearer",
      description: "`token` of an administrator's signing in.",
    },
    adminCookie: {
      type: "apiKey",
      in: "cookie",
      name: "vc_admin",
      description: "Set by an administrator's signing in; `__Host-vc_admin` over https.",
    },
  },
};

/** CommonMark, as OpenAPI wants it. */
export function description(): string {
  const variables = Object.entries(VARIABLES).map(([name, text]) => `- \`$${name}\`: ${text}`);
  return `${GENERAL.join("\n\n")}\n\nVariables of the examples:\n\n${variables.join("\n")}`;
}

/** What holds for every operation. Backquotes are code. */
export const GENERAL: readonly string[] = [
  "Bodies and answers are JSON in UTF-8. A body needs `Content-Type: application/json`, has at " +
  `most ${MAX_JSON_BODY_BYTES} bytes, and an empty one counts as \`{}\`. Unknown fields are ignored.`,
  "Errors are `{detail, error_code, …}`: words for people in the language of `Accept-Language`, " +
  "and a code for programs. A method that a path does not know is answered with 405 and `Allow`.",
  "`HEAD` works wherever `GET` does; `OPTIONS` says which methods there are, to preflights of the " +
  "origins that the operator listed as well.",
  "A slash at the end of a path changes nothing. Answers are never to be stored.",
];
