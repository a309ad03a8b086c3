/** The administration's REST API as its pages use it: typed calls that never throw. */
import type { AdminView } from "../../shared/admin_page_props.ts";
import type {
  AdminBan,
  AdminGuestLink,
  AdminLogin,
  AdminLoginAnswer,
  AdminRoom,
  AdminRoomDetails,
  AdminUser,
  Page,
  ParticipantQuality,
} from "../../shared/protocol/admin.ts";
import type {
  AccessPasswordAnswer,
  AdminSettingsAnswer,
  AdminStatus,
  AuditEntry,
  ChangeAccessPassword,
  UpdateSettings,
} from "../../shared/protocol/admin_operations.ts";
import type { AdminRecordingsAnswer } from "../../shared/protocol/recordings.ts";
import { MAX_PAGE_LIMIT } from "../../shared/protocol/limits.ts";
import { call, type Result } from "./api_client.ts";

export const adminLogin = (body: AdminLogin) =>
  call<AdminLoginAnswer>("POST", "/api/admin/login", body);

export const adminLogout = ({ everywhere = false } = {}) =>
  call<void>("POST", "/api/admin/logout", { everywhere });

export const endRoom = (roomId: number) => call<void>("DELETE", `/api/admin/rooms/${roomId}`);

export const revokeGuestLink = (linkId: string) =>
  call<void>("DELETE", `/api/admin/guest-links/${encodeURIComponent(linkId)}`);

export const liftBan = (banId: number) => call<void>("DELETE", `/api/admin/bans/${banId}`);

export const signOutUser = (userId: number) =>
  call<void>("POST", `/api/admin/users/${userId}/sign-out`);

export const deleteRecording = (recordingId: number) =>
  call<void>("DELETE", `/api/admin/recordings/${recordingId}`);

export const updateSettings = (body: UpdateSettings) =>
  call<AdminSettingsAnswer>("PATCH", "/api/admin/settings", body);

export const changeAccessPassword = (body: ChangeAccessPassword) =>
  call<AccessPasswordAnswer>("PUT", "/api/admin/access-password", body);

/** The same view as it is now. */
export async function loadView(view: AdminView): Promise<Result<AdminView>> {
  switch (view.page) {
    case "overview":
      return await loadOverview();
    case "rooms":
      return as(await list<AdminRoom>("rooms", view.query), (list) => ({ ...view, list }));
    case "room":
      return as(
        await call<AdminRoomDetails>("GET", `/api/admin/rooms/${view.room.room_id}`),
        (room) => ({ ...view, room }),
      );
    case "users":
      return as(await list<AdminUser>("users", view.query), (list) => ({ ...view, list }));
    case "guest_links":
      return as(
        await list<AdminGuestLink>("guest-links", view.query),
        (list) => ({ ...view, list }),
      );
    case "bans":
      return as(await list<AdminBan>("bans", view.query), (list) => ({ ...view, list }));
    case "recordings":
      return as(
        await call<AdminRecordingsAnswer>("GET", listAddress("recordings", view.query)),
        (list) => ({ ...view, list }),
      );
    case "quality":
      return as(
        await list<ParticipantQuality>("quality", view.query),
        (list) => ({ ...view, list }),
      );
    case "audit":
      return as(await list<AuditEntry>("audit", view.query), (list) => ({ ...view, list }));
    case "settings":
      return as(
        await call<AdminSettingsAnswer>("GET", "/api/admin/settings"),
        (answer) => ({ ...view, answer }),
      );
    default:
      return view satisfies never;
  }
}

async function loadOverview(): Promise<Result<AdminView>> {
  const [status, rooms] = await Promise.all([
    call<AdminStatus>("GET", "/api/admin/status"),
    list<AdminRoom>("rooms", { occupied: true, limit: MAX_PAGE_LIMIT, offset: 0 }),
  ]);
  if (!status.ok) return status;
  return as(rooms, (rooms) => ({ page: "overview", status: status.value, rooms }));
}

function list<Item>(name: string, query: object): Promise<Result<Page<Item>>> {
  return call("GET", listAddress(name, query));
}

function listAddress(name: string, query: object): string {
  const wishes = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const search = new URLSearchParams(wishes.map(([key, value]) => [key, String(value)]));
  return `/api/admin/${name}?${search}`;
}

function as<Value>(
  answer: Result<Value>,
  view: (value: Value) => AdminView,
): Result<AdminView> {
  return answer.ok ? { ok: true, value: view(answer.value) } : answer;
}
