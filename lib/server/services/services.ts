/** The use-cases over durable facts, built once at boot. */
import type { RateLimiter } from "../auth/rate_limiter.ts";
import type { Secrets } from "../auth/secrets.ts";
import { Tokens } from "../auth/tokens.ts";
import type { Bus } from "../bus.ts";
import type { Config } from "../config.ts";
import type { HubPort } from "../hub_port.ts";
import type { Log } from "../observability/log.ts";
import type { Metrics } from "../observability/metrics.ts";
import { Ids } from "../store/ids.ts";
import { Turns } from "../store/turns.ts";
import { AccessPasswordService } from "./access_password.ts";
import { AdminService } from "./admins.ts";
import { AdminPeopleService } from "./admin_people.ts";
import { AdminRecordingService } from "./admin_recordings.ts";
import { AdminRoomService } from "./admin_rooms.ts";
import { AuditService } from "./audit.ts";
import { AuthService } from "./auth.ts";
import { BanService } from "./bans.ts";
import { Denials } from "./denials.ts";
import { EarlySockets } from "./early_sockets.ts";
import { GuestLinkService } from "./guest_links.ts";
import { HealthService } from "./health.ts";
import { ModerationService } from "./moderation.ts";
import { ParticipantService } from "./participants.ts";
import { RecordingAccess } from "./recording_access.ts";
import { RecordingCare } from "./recording_care.ts";
import { RecordingLedger } from "./recording_ledger.ts";
import { RecordingSpace } from "./recording_space.ts";
import { RecordingUploads } from "./recording_uploads.ts";
import { RecordingService } from "./recordings.ts";
import { RoomAccess } from "./room_access.ts";
import { RoomActs } from "./room_acts.ts";
import { RoomService } from "./rooms.ts";
import { SessionService } from "./sessions.ts";
import { SettingsService } from "./settings.ts";
import { StatusService } from "./status.ts";
import { WaitingRoom } from "./waiting_room.ts";

export interface Services {
  auth: AuthService;
  rooms: RoomService;
  participants: ParticipantService;
  earlySockets: EarlySockets;
  guestLinks: GuestLinkService;
  moderation: ModerationService;
  bans: BanService;
  recordings: RecordingService;
  recordingUploads: RecordingUploads;
  recordingLedger: RecordingLedger;
  recordingSpace: RecordingSpace;
  recordingCare: RecordingCare;
  adminRecordings: AdminRecordingService;
  health: HealthService;
  sessions: SessionService;
  admins: AdminService;
  adminRooms: AdminRoomService;
  adminPeople: AdminPeopleService;
  audit: AuditService;
  settings: SettingsService;
  accessPassword: AccessPasswordService;
  status: StatusService;
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
  version: string;
  metrics: Metrics;
  /** The hub is made after the services. */
  hub: () => HubPort;
  eventLoopLagMs: () => number;
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
  denials: Denials;
  audit: AuditService;
}

export function createServices(inputs: ServiceInputs): Services {
  const clock = inputs.clock ?? Date.now;
  const context: ServiceContext = {
    ...inputs,
    clock,
    ids: new Ids(inputs.kv),
    tokens: new Tokens(inputs.secrets, clock),
    roomTurns: new Turns(),
    denials: new Denials(clock),
    audit: new AuditService({ kv: inputs.kv, log: inputs.log, clock }),
  };
  const access = new RoomAccess(context);
  const auth = new AuthService(context);
  const acts = new RoomActs(context);
  const waitingRoom = new WaitingRoom(context, acts);
  const rooms = new RoomService(context, { access, acts, waitingRoom });
  const bans = new BanService(context, { access, acts });
  const moderation = new ModerationService(context, { access, acts, bans, rooms, waitingRoom });
  const guestLinks = new GuestLinkService(context, { access, auth });
  const health = new HealthService(context);
  const sessions = new SessionService(context);
  const recording = createRecordingServices(context, access);
  return {
    ...recording,
    auth,
    rooms,
    participants: new ParticipantService(context, access),
    earlySockets: new EarlySockets(),
    guestLinks,
    moderation,
    bans,
    health,
    sessions,
    admins: new AdminService(context),
    adminRooms: new AdminRoomService(context, rooms),
    adminPeople: new AdminPeopleService(context, { sessions, guestLinks, bans }),
    audit: context.audit,
    settings: new SettingsService(context),
    accessPassword: new AccessPasswordService(context, sessions),
    status: new StatusService(context, { health, space: recording.recordingSpace }),
  };
}

type RecordingServices = Pick<Services, "adminRecordings" | `recording${string}` & keyof Services>;

function createRecordingServices(context: ServiceContext, access: RoomAccess): RecordingServices {
  const ledger = new RecordingLedger(context);
  const space = new RecordingSpace(context, ledger);
  const recordingAccess = new RecordingAccess(context, access);
  const uploads = new RecordingUploads(context, { access: recordingAccess, ledger, space });
  const recordings = new RecordingService(context, { access, recordingAccess, ledger, space });
  return {
    recordings,
    recordingUploads: uploads,
    recordingLedger: ledger,
    recordingSpace: space,
    recordingCare: new RecordingCare(context, { ledger, uploads }),
    adminRecordings: new AdminRecordingService(context, { recordings, ledger, space }),
  };
}
