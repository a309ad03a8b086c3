/** Signed tokens (JWT, RFC 7519): one algorithm, and per purpose a key, an audience and a type. */
import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { KeyPurpose, Secrets } from "./secrets.ts";

const ALGORITHM = "HS256";
const ISSUER = "videocall";

const Id = z.string().regex(/^\d{1,15}$/);

/** `sub` is a user_id, in guest links a room_id. */
const CLAIMS = {
  /** `turn` counts the rotations: of one session only the newest token lasts. */
  session: z.object({ sub: Id, jti: z.string(), turn: z.int().min(0).default(0) }),
  participant: z.object({
    sub: Id,
    jti: z.string(),
    room: z.int().positive(),
    participant: z.int().positive(),
    session: z.string(),
  }),
  guest_link: z.object({ sub: Id, jti: z.string() }),
  /** Remembers which user this browser was. */
  browser: z.object({ sub: Id, jti: z.string() }),
  /** `sub` names the browser itself, whoever uses it. */
  browser_identity: z.object({ sub: z.uuid(), jti: z.string() }),
  /** `sub` is an admin_id. */
  admin: z.object({ sub: Id, jti: z.string() }),
} as const satisfies Record<KeyPurpose, z.ZodType>;

export type Claims<Purpose extends KeyPurpose> = z.infer<(typeof CLAIMS)[Purpose]>;

/** `expired`: was ours and is over. */
export type Verdict<Purpose extends KeyPurpose> =
  | { ok: true; claims: Claims<Purpose> }
  | { ok: false; expired: boolean };

export class Tokens {
  readonly #secrets: Secrets;
  readonly #clock: () => number;

  constructor(secrets: Secrets, clock: () => number) {
    this.#secrets = secrets;
    this.#clock = clock;
  }

  async sign<Purpose extends KeyPurpose>(
    purpose: Purpose,
    claims: z.input<(typeof CLAIMS)[Purpose]>,
    lifetimeSeconds: number,
  ): Promise<string> {
    const now = Math.floor(this.#clock() / 1000);
    return await new SignJWT({ ...claims })
      .setProtectedHeader({ alg: ALGORITHM, typ: typeOf(purpose) })
      .setIssuer(ISSUER)
      .setAudience(purpose)
      .setIssuedAt(now)
      .setExpirationTime(now + lifetimeSeconds)
      .sign(await this.#secrets.key(purpose));
  }

  async verify<Purpose extends KeyPurpose>(
    purpose: Purpose,
    token: string,
  ): Promise<Verdict<Purpose>> {
    let verdict: Verdict<Purpose> = { ok: false, expired: false };
    for (const key of await this.#secrets.keys(purpose)) {
      verdict = await this.#verifyWith(key, purpose, token);
      if (verdict.ok || verdict.expired) break;
    }
    return verdict;
  }

  async #verifyWith<Purpose extends KeyPurpose>(
    key: Uint8Array,
    purpose: Purpose,
    token: string,
  ): Promise<Verdict<Purpose>> {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: purpose,
        typ: typeOf(purpose),
        requiredClaims: ["exp", "iat", "jti", "sub"],
        currentDate: new Date(this.#clock()),
      });
      const claims = CLAIMS[purpose].safeParse(payload);
      if (!claims.success) return { ok: false, expired: false };
      return { ok: true, claims: claims.data as Claims<Purpose> };
    } catch (error) {
      if (error instanceof errors.JOSEError) {
        return { ok: false, expired: error instanceof errors.JWTExpired };
      }
      throw error;
    }
  }
}

function typeOf(purpose: KeyPurpose): string {
  return `vc-${purpose}+jwt`;
}
