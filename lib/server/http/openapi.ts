/** The reference for programs: an OpenAPI 3.1 document, made from the registry of operations. */
import { translate } from "../../shared/i18n/translate.ts";
import { ERROR_STATUS, type ErrorCode } from "../../shared/protocol/errors.ts";
import { OPERATIONS } from "../../shared/protocol/operations.ts";
import { ERROR_FACT_EXAMPLES, ERROR_FACTS } from "../../shared/protocol/operations_errors.ts";
import {
  type Answer,
  errorsOf,
  GROUPS,
  type Method,
  type Operation,
  SOCKET_REFUSALS,
} from "../../shared/protocol/operations_model.ts";
import { TEXTS } from "../../shared/protocol/operations_texts.ts";
import type {
  JsonSchema,
  MediaType,
  OpenApiDocument,
  OperationObject,
  ParameterObject,
  ResponseObject,
} from "../../shared/protocol/operations_view.ts";
import { COMMON_PARTS, description, securityFor } from "./openapi_common.ts";
import { curlSample } from "./openapi_samples.ts";
import { SchemaWriter } from "./openapi_schemas.ts";

const JSON_TYPE = "application/json";
const BYTES: JsonSchema = { type: "string", format: "binary" };

let made: Omit<OpenApiDocument, "servers"> | undefined;

/** @param origin of this server, as in `https://call.example.com` */
export function openApiDocument(origin: string): OpenApiDocument {
  made ??= makeDocument();
  const { openapi, info, ...rest } = made;
  return { openapi, info, servers: [{ url: origin }], ...rest };
}

function makeDocument(): Omit<OpenApiDocument, "servers"> {
  const schemas = new SchemaWriter();
  const paths: OpenApiDocument["paths"] = {};
  for (const operation of OPERATIONS) {
    const method = operation.method.toLowerCase() as Lowercase<Method>;
    const path = paths[operation.path] ??= {};
    path[method] = operationObject(operation, schemas);
  }
  return {
    openapi: "3.1.1",
    info: { title: "Video calls", version: "1", description: description() },
    tags: GROUPS.map((name) => ({ name })),
    paths,
    components: { ...COMMON_PARTS, schemas: { Error: errorSchema(), ...schemas.components } },
    "x-websocket": {
      address: "/video/ws/{room_code}/{user_id}",
      subprotocol: "videocall.v1",
      commands: TEXTS.commands,
      events: TEXTS.events,
      close_codes: TEXTS.closeCodes,
      refusals: SOCKET_REFUSALS,
    },
    "x-limits": TEXTS.limits,
  };
}

function operationObject(operation: Operation, schemas: SchemaWriter): OperationObject {
  const { id, group, summary, details, who } = operation;
  const requestBody = requestBodyOf(operation, schemas);
  return {
    operationId: id,
    tags: [group],
    summary,
    ...(details === undefined ? {} : { description: details }),
    security: securityFor(who),
    parameters: parameters(operation, schemas),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: {
      ...Object.fromEntries(
        operation.answers.map((answer) => [answer.status, answerObject(answer, schemas)]),
      ),
      ...errorResponses(operation, schemas),
    },
    "x-who": who,
    "x-codeSamples": [{ lang: "Shell", label: "curl", source: curlSample(operation) }],
  };
}

function requestBodyOf({ body, content }: Operation, schemas: SchemaWriter) {
  if (content !== undefined) {
    return { required: true, content: { [content.type]: { schema: BYTES } } };
  }
  return body && {
    // Empty counts as `{}`, which only does where nothing is required.
    required: !body.schema.safeParse({}).success,
    content: {
      [JSON_TYPE]: { schema: schemas.write(body.schema, "input"), example: body.example },
    },
  };
}

function parameters(
  { params = {}, query, headers }: Operation,
  schemas: SchemaWriter,
): OperationObject["parameters"] {
  const inPath = Object.entries(params).map(([name, { schema, description }]): ParameterObject => ({
    name,
    in: "path",
    required: true,
    description,
    schema: schemas.write(schema, "input"),
  }));
  const queried = query && schemas.inline(query.schema);
  const inQuery = Object.entries(queried?.properties ?? {}).map(
    ([name, field]): ParameterObject => {
      const { description, ...schema } = field;
      const example = query?.example[name];
      return {
        name,
        in: "query",
        ...(description === undefined ? {} : { description }),
        schema,
        ...(example === undefined ? {} : { example: asSent(example) }),
      };
    },
  );
  const inHead = headerParameters(headers, schemas);
  return [...inPath, ...inQuery, ...inHead, { $ref: "#/components/parameters/AcceptLanguage" }];
}

function headerParameters(
  headers: Operation["headers"],
  schemas: SchemaWriter,
): ParameterObject[] {
  if (headers === undefined) return [];
  const { properties = {}, required = [] } = schemas.inline(headers.schema);
  return Object.entries(properties).map(([name, { description, ...schema }]) => {
    const example = headers.example[name];
    return {
      name,
      in: "header",
      ...(required.includes(name) ? { required: true } : {}),
      ...(description === undefined ? {} : { description }),
      schema,
      ...(example === undefined ? {} : { example }),
    };
  });
}

/** Booleans in a query string are words. */
function asSent(example: unknown): unknown {
  return typeof example === "boolean" ? String(example) : example;
}

function answerObject(
  { description, schema, example, otherTypes = [], type, headers }: Answer,
  schemas: SchemaWriter,
): ResponseObject {
  const said = Object.entries(headers ?? {}).map(([name, description]) => [
    name,
    { description, schema: { type: "string" } },
  ]);
  const head = { description, ...(said.length > 0 ? { headers: Object.fromEntries(said) } : {}) };
  if (type !== undefined) return { ...head, content: { [type]: { schema: BYTES } } };
  if (schema === undefined) return head;
  const others = otherTypes.map((type) => [type, { schema: { type: "string" } }]);
  return {
    ...head,
    content: {
      [JSON_TYPE]: { schema: schemas.write(schema, "output"), example },
      ...Object.fromEntries(others),
    },
  };
}

function errorResponses(operation: Operation, schemas: SchemaWriter) {
  const byStatus = Map.groupBy(errorsOf(operation), (code) => ERROR_STATUS[code]);
  const responses: Record<string, ResponseObject> = {};
  for (const [status, codes] of byStatus) {
    responses[status] = {
      description: codes.map((code) => translate("en", `error.${code}`)).join(" Or: "),
      headers: errorHeaders(status),
      content: { [JSON_TYPE]: errorContent(codes, schemas) },
    };
  }
  return responses;
}

function errorContent(codes: readonly ErrorCode[], schemas: SchemaWriter): MediaType {
  const facts = codes.flatMap((code) => {
    const schema = ERROR_FACTS[code];
    return schema === undefined ? [] : Object.entries(schemas.inline(schema).properties ?? {});
  });
  const examples = codes.map((code) => [code, { value: errorExample(code) }]);
  return {
    schema: {
      allOf: [{ $ref: "#/components/schemas/Error" }],
      properties: {
        error_code: { type: "string", enum: [...codes] },
        ...Object.fromEntries(facts),
      },
    },
    examples: Object.fromEntries(examples),
  };
}

function errorExample(code: ErrorCode): Record<string, unknown> {
  const facts = ERROR_FACT_EXAMPLES[code] ?? {};
  return { ...facts, detail: translate("en", `error.${code}`, facts), error_code: code };
}

function errorHeaders(status: number): ResponseObject["headers"] {
  const names = ["Content-Language"];
  if (status === 401) names.push("WWW-Authenticate");
  if (status === 429 || status === 503) names.push("Retry-After");
  return Object.fromEntries(
    names.map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  );
}

function errorSchema(): JsonSchema {
  return {
    type: "object",
    description: "Every error. Some carry facts beside these two.",
    properties: {
      detail: { type: "string", description: "In words, in the language asked for." },
      error_code: { type: "string", enum: Object.keys(ERROR_STATUS), description: "For programs." },
    },
    required: ["detail", "error_code"],
  };
}
