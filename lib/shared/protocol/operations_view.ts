/** Types of the reference: its words, the document, and what its page shows. */
import type { ErrorCode } from "./errors.ts";
import type { Audience, Method } from "./operations_model.ts";

export interface SchemaText {
  readonly text?: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** One row of a table of the WebSocket protocol. */
export interface MessageText {
  readonly type: string;
  /** As TypeScript would write it; empty: nothing. */
  readonly data: string;
  readonly meaning: string;
}

export interface CloseCodeText {
  readonly code: number;
  readonly name: string;
  readonly meaning: string;
  /** The client must not come back by itself. */
  readonly final: boolean;
}

export interface LimitText {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

export interface ReferenceTexts {
  readonly schemas: Readonly<Record<string, SchemaText>>;
  readonly commands: readonly MessageText[];
  readonly events: readonly MessageText[];
  readonly closeCodes: readonly CloseCodeText[];
  readonly limits: readonly LimitText[];
}

/** A schema as OpenAPI 3.1 has it (JSON Schema 2020-12); what is used of it. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  format?: string;
}

export interface MediaType {
  schema?: JsonSchema;
  example?: unknown;
  examples?: Record<string, { summary?: string; value: unknown }>;
}

export interface ResponseObject {
  description: string;
  headers?: Record<string, { $ref: string } | { description: string; schema: JsonSchema }>;
  content?: Record<string, MediaType>;
}

export interface ParameterObject {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description?: string;
  schema: JsonSchema;
  example?: unknown;
}

export interface OperationObject {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  parameters: (ParameterObject | { $ref: string })[];
  requestBody?: { required: boolean; content: Record<string, MediaType> };
  responses: Record<string, ResponseObject>;
  "x-who": Audience;
  "x-codeSamples": { lang: string; label: string; source: string }[];
}

export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Partial<Record<Lowercase<Method>, OperationObject>>>;
  components: {
    schemas: Record<string, JsonSchema>;
    headers: Record<string, { description: string; schema: JsonSchema }>;
    parameters: Record<string, ParameterObject>;
    securitySchemes: Record<string, Record<string, string>>;
  };
  /** What OpenAPI has no words for. */
  "x-websocket": {
    address: string;
    subprotocol: string;
    commands: readonly MessageText[];
    events: readonly MessageText[];
    close_codes: readonly CloseCodeText[];
    /** Answers instead of an open socket. */
    refusals: readonly ErrorCode[];
  };
  "x-limits": readonly LimitText[];
}
