/** The use-cases over durable facts, built once at boot. */
import type { RateLimiter } from "../auth/rate_limiter.ts";
import type { Secrets } from "../auth/secrets.ts";
import { Tokens } from "../auth/tokens.ts";
import type { Bus } from "../bus.ts";
import type { Config } from "../config.ts";
import type { Log } from "../observability/log.ts";
import { Ids } from "../store/ids.ts";
import { Turns } from "../store/turns.ts";
import { AuthService } from "./auth.ts";
import { GuestLinkService } from "./guest_links.ts";
import { HealthService } from "./health.ts";
import { ParticipantService } from "./participants.ts";
import { RoomAccess } from "./room_access.ts";
import { RoomService } from "./rooms.ts";

export interface Services {
  auth: AuthService;
  rooms: RoomService;
  participants: ParticipantService;
  guestLinks: GuestLinkService;
  health: HealthService;
}

/** What the outside gives. */
export interface ServiceInputs {
  config: Config;
  kv: Deno.Kv;
  log: Log;
  bus: Bus;
  limits: RateLimiter;
  secrets: Secrets;
  bootId: string;
  /** Milliseconds since the epoch. */
  clock?: () => number;
}

/** What every service works with. */
export interface ServiceContext extends ServiceInputs {
  clock: () => number;
  ids: Ids;
  tokens: Tokens;
  /** Changes to one room's places, one after the other. */
  roomTurns: Turns<number>;
}

export function createServices(inputs: ServiceInputs): Services {
  const clock = inputs.clock ?? Date.now;
  const context: ServiceContext = {
    ...inputs,
    clock,
    ids: new Ids(inputs.kv),
    tokens: new Tokens(inputs.secrets, clock),
    roomTurns: new Turns(),
  };
  const access = new RoomAccess(context);
  const auth = new AuthService(context);
  return {
    auth,
    rooms: new RoomService(context, access),
    participants: new ParticipantService(context, access),
    guestLinks: new GuestLinkService(context, { access, auth }),
    health: new HealthService(context),
  };
}
