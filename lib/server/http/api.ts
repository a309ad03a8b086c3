/** What every API route is made with: dispatch by method, callers, bodies, errors, all as JSON. */
import type { z } from "zod";
import type { Locale } from "../../shared/i18n/locale.ts";
import { MAX_OPAQUE_ID_CHARS } from "../../shared/protocol/limits.ts";
import { AppError } from "../app_error.ts";
import type { AdminCaller, Caller, CredentialSource, Principal } from "../auth/principal.ts";
import { container } from "../container.ts";
import { readBody, validate } from "./body.ts";
import { clientAddress } from "./client_address.ts";
import { allowCors, isCorsOrigin, optionsResponse } from "./cors.ts";
import { errorResponse, localeOf } from "./errors.ts";
import { isAllowedHost, isAllowedOrigin, publicOrigin } from "./origin.ts";
import { browserIdOf, identify, identifyAdmin } from "./session.ts";
import type { Services } from "../services/services.ts";

/** What Fresh hands to a route. */
export interface RouteContext {
  req: Request;
  params: Readonly<Record<string, string | undefined>>;
}

export type ApiHandler = (call: ApiCall) => Promise<Response>;
export type ApiMethods = Partial<Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", ApiHandler>>;

export interface ApiOptions {
  /** On every answer, errors included. */
  headers?: () => Readonly<Record<string, string>>;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * The `handlers` of an API route. Knows the methods that are not written down (HEAD, OPTIONS, and
 * 405 for the rest) and answers every error itself: Fresh would answer with a page.
 */
export function api(
  methods: ApiMethods,
  { headers }: ApiOptions = {},
): (context: RouteContext) => Promise<Response> {
  const allowed = allowedMethods(methods);
  return async ({ req, params }) => {
    const response = await respond(methods, allowed, new ApiCall(req, params)).catch(
      (error: unknown) => errorResponse(error, req),
    );
    for (const [name, value] of Object.entries(headers?.() ?? {})) {
      response.headers.set(name, value);
    }
    if (response.status === 405) response.headers.set("allow", allowed);
    if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
    allowCors(req, response);
    return req.method === "HEAD" ? withoutBody(response) : response;
  };
}

/** Answers every method: there is nothing at this address. */
export function notFound({ req }: RouteContext): Promise<Response> {
  return Promise.resolve(errorResponse(new AppError("NOT_FOUND"), req));
}

async function respond(methods: ApiMethods, allowed: string, call: ApiCall): Promise<Response> {
  const { req } = call;
  const method = req.method === "HEAD" ? "GET" : req.method;
  call.assertSource();
  if (method === "OPTIONS") return optionsResponse(req, allowed);
  const handler = Object.hasOwn(methods, method) ? methods[method as keyof ApiMethods] : undefined;
  if (handler === undefined) throw new AppError("METHOD_NOT_ALLOWED");
  return await handler(call);
}

/** One request to the API. */
export class ApiCall {
  readonly req: Request;
  readonly #params: RouteContext["params"];

  constructor(req: Request, params: RouteContext["params"]) {
    this.req = req;
    this.#params = params;
  }

  get services(): Services {
    return container().services;
  }

  /** `https://host[:port]` for links. */
  get origin(): string {
    return publicOrigin(this.req);
  }

  get locale(): Locale {
    return localeOf(this.req);
  }

  get address(): string {
    return clientAddress(this.req);
  }

  /** A part of the path, decoded: Fresh leaves it as it came. @throws AppError NOT_FOUND */
  param(name: string): string {
    const part = decoded(this.#params[name] ?? "");
    // No name of anything is that long, and the database refuses keys that are.
    if (part.length > MAX_OPAQUE_ID_CHARS) throw new AppError("NOT_FOUND");
    return part;
  }

  /** @throws AppError VALIDATION_ERROR */
  query<T>(schema: z.ZodType<T>): T {
    return validate(schema, Object.fromEntries(new URL(this.req.url).searchParams));
  }

  /** Of the request, each under the name that the schema writes. @throws AppError VALIDATION_ERROR */
  headers<T>(schema: z.ZodObject & z.ZodType<T>): T {
    const names = Object.keys(schema.shape);
    const said = names.map((name) => [name, this.req.headers.get(name) ?? undefined]);
    return validate(schema, Object.fromEntries(said)) as T;
  }

  /** @throws AppError PAYLOAD_TOO_LARGE, MALFORMED_JSON, VALIDATION_ERROR */
  body<T>(schema: z.ZodType<T>): Promise<T> {
    return readBody(this.req, schema);
  }

  /** @throws AppError UNAUTHORIZED, SESSION_EXPIRED, FOREIGN_ORIGIN */
  async caller(): Promise<Caller> {
    const { principal, shown } = await identify(this.req);
    if (principal === null) throw new AppError(shown ? "SESSION_EXPIRED" : "UNAUTHORIZED");
    this.#assertOwnPage(principal);
    return { principal, address: this.address, browser_id: await this.browserId() };
  }

  /**
   * @throws AppError UNAUTHORIZED, SESSION_EXPIRED, FOREIGN_ORIGIN; FORBIDDEN for people who are
   *   signed in but administer nothing
   */
  async admin(): Promise<AdminCaller> {
    const { admin, shown } = await identifyAdmin(this.req);
    if (admin === null) {
      if ((await identify(this.req)).principal !== null) throw new AppError("FORBIDDEN");
      throw new AppError(shown ? "SESSION_EXPIRED" : "UNAUTHORIZED");
    }
    this.#assertOwnPage(admin);
    return { admin, address: this.address };
  }

  /** An integer in the path. @throws AppError NOT_FOUND */
  id(name: string): number {
    const text = this.param(name);
    if (!/^[1-9]\d{0,14}$/.test(text)) throw new AppError("NOT_FOUND");
    return Number(text);
  }

  /** The browser, whoever uses it; null: a program, or one that never signed in here. */
  browserId(): Promise<string | null> {
    return browserIdOf(this.req);
  }

  /** An integer in the path, or the word `all`: null. @throws AppError NOT_FOUND */
  idOrAll(name: string): number | null {
    return this.param(name) === "all" ? null : this.id(name);
  }

  /** As `caller` for those who need not be signed in. @throws AppError FOREIGN_ORIGIN */
  async principal(): Promise<Principal | null> {
    const { principal } = await identify(this.req);
    if (principal !== null) this.#assertOwnPage(principal);
    return principal;
  }

  /** @throws AppError VALIDATION_ERROR for a foreign host, FOREIGN_ORIGIN for a foreign page */
  assertSource(): void {
    if (!isAllowedHost(this.req)) {
      throw new AppError("VALIDATION_ERROR", {
        fields: [{ field: "Host", reason: "not_allowed" }],
      });
    }
    const origin = this.req.headers.get("origin");
    if (origin === null || SAFE_METHODS.has(this.req.method)) return;
    if (this.req.headers.has("authorization") || isCorsOrigin(origin)) return;
    if (!isAllowedOrigin(this.req)) throw new AppError("FOREIGN_ORIGIN");
  }

  /** Browsers add cookies by themselves, so what changes something must come from our own page. */
  #assertOwnPage({ via }: { via: CredentialSource }): void {
    if (via === "bearer" || SAFE_METHODS.has(this.req.method)) return;
    if (!isAllowedOrigin(this.req)) throw new AppError("FOREIGN_ORIGIN");
  }
}

/** 204, with cookies if there are any to set. */
export function noContent(cookies: readonly string[] = []): Response {
  return withCookies(new Response(null, { status: 204 }), cookies);
}

export function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

/** @throws AppError NOT_FOUND */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    throw new AppError("NOT_FOUND", {}, { cause });
  }
}

function allowedMethods(methods: ApiMethods): string {
  const words = Object.keys(methods);
  if (words.includes("GET")) words.push("HEAD");
  return [...words, "OPTIONS"].join(", ");
}

async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}
