/** How a call ends, from what the server said last. */
import { CLOSE_CODE } from "../../shared/protocol/close_codes.ts";
import type { CallEnd, CallState } from "./call_state.ts";

/**
 * @param code of the socket that the server closed for good
 * @param judge name of who last decided something about this person
 */
export function endOf(code: number, judge?: string): CallEnd {
  const by = judge === undefined ? undefined : { name: judge, isSelf: false };
  switch (code) {
    case CLOSE_CODE.REMOVED:
      return { reason: "removed", by };
    case CLOSE_CODE.BANNED:
      return { reason: "banned", by };
    case CLOSE_CODE.DENIED:
      return { reason: "denied" };
    case CLOSE_CODE.REPLACED:
      return { reason: "replaced" };
    case CLOSE_CODE.ROOM_ENDED:
      return { reason: "room_ended" };
    case CLOSE_CODE.LEFT:
      return { reason: "left" };
    default:
      return { reason: "error", error: { detail: "", error_code: "SESSION_EXPIRED" } };
  }
}

/** Who has this user_id, as far as they are in the call. */
export function personOf(userId: number | null, { self, others }: CallState): CallEnd["by"] {
  const me = self.peek();
  if (me !== null && me.user_id === userId) return { name: me.user_name, isSelf: true };
  const other = others.peek().find((each) => each.participant.peek().user_id === userId);
  return other && { name: other.participant.peek().user_name, isSelf: false };
}
