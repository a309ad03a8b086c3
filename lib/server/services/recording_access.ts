/** Who may know a recording: who made the room, who leads or led it, and who recorded. */
import { can, type RoomAction } from "../../shared/domain/permissions.ts";
import { AppError, isAppError } from "../app_error.ts";
import type { Caller } from "../auth/principal.ts";
import { loadRecording, type RecordingRecord } from "../store/recordings.ts";
import { loadRoom } from "../store/rooms.ts";
import { isOpenTo, type RoomAccess } from "./room_access.ts";
import type { ServiceContext } from "./services.ts";

type Deed = Extract<RoomAction, "see_recordings" | "delete_recordings">;

export interface KnownRecording {
  recording: RecordingRecord;
  /** The caller may do away with it. */
  canDelete: boolean;
}

export class RecordingAccess {
  readonly #kv: Deno.Kv;
  readonly #rooms: RoomAccess;

  constructor({ kv }: ServiceContext, rooms: RoomAccess) {
    this.#kv = kv;
    this.#rooms = rooms;
  }

  /** For everybody else there is none. @throws AppError RECORDING_NOT_FOUND */
  async find(recordingId: number, caller: Caller): Promise<KnownRecording> {
    const recording = await loadRecording(this.#kv, recordingId);
    const known = recording && await this.rightsOf(caller)(recording);
    if (!known) throw new AppError("RECORDING_NOT_FOUND");
    return known;
  }

  /** Asks once per room. The answer is null for recordings that the caller may not know. */
  rightsOf(caller: Caller): (recording: RecordingRecord) => Promise<KnownRecording | null> {
    const { user_id } = caller.principal;
    const rooms = new Map<number, Promise<ReadonlySet<Deed> | null>>();
    return async (recording) => {
      const { room_id, started_by } = recording;
      const asked = rooms.get(room_id) ?? this.#rightsIn(room_id, caller);
      rooms.set(room_id, asked);
      const rights = await asked;
      if (rights === null) return null;
      const isOwn = started_by === user_id;
      if (!isOwn && !rights.has("see_recordings")) return null;
      return { recording, canDelete: isOwn || rights.has("delete_recordings") };
    };
  }

  /** Null: the room is closed to them. */
  async #rightsIn(roomId: number, caller: Caller): Promise<ReadonlySet<Deed> | null> {
    const { principal } = caller;
    const room = await loadRoom(this.#kv, roomId);
    if (room === null || !isOpenTo(principal, room)) return null;
    try {
      await this.#rooms.assertNotBanned(room, caller);
    } catch (error) {
      if (isAppError(error)) return null;
      throw error;
    }
    const role = await this.#rooms.roleOf(room, principal);
    const isMaker = room.created_by === principal.user_id;
    const deeds: readonly Deed[] = ["see_recordings", "delete_recordings"];
    return new Set(deeds.filter((deed) => isMaker || can(role, deed)));
  }
}
