/** Who gets in at once, who waits in front of the door, and who stays outside. */
import type { Role } from "../protocol/participants.ts";
import type { VideoRoom } from "../protocol/rooms.ts";
import { leads } from "./permissions.ts";

export type Door = Pick<VideoRoom, "is_locked" | "waiting_room_enabled" | "waiting_room_for">;

export interface Newcomer {
  role: Role | null;
  is_guest: boolean;
  /** Was let in before, and not removed since. */
  is_admitted: boolean;
  /** Is in the room now; the offline grace counts. */
  holdsPlace: boolean;
  /** Is in front of the door now. */
  isWaiting: boolean;
  /** Was in the room a moment ago, and went or was lost: perhaps only to load the page again. */
  isReturning?: boolean;
}

export type Entry = "enter" | "wait" | "locked";

/** Whether somebody has to be let in before anything of the room may be known. */
export function mustWait(door: Door, person: Newcomer): boolean {
  if (person.holdsPlace || leads(person.role)) return false;
  if (!door.waiting_room_enabled || person.is_admitted) return false;
  return door.waiting_room_for === "all" || person.is_guest;
}

/** What joining leads to. Who waited before the room was locked may go on waiting. */
export function entryOf(door: Door, person: Newcomer): Entry {
  if (person.holdsPlace || leads(person.role)) return "enter";
  if (door.is_locked && person.isReturning !== true) return person.isWaiting ? "wait" : "locked";
  return mustWait(door, person) ? "wait" : "enter";
}
