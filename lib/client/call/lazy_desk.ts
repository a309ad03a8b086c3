/** The desk of a host, which comes when somebody first needs it. */
import type { HostDesk } from "./host_desk.ts";

/** One for the whole call, made when it is first needed, with a clean slate for every dialog. */
export function lazyDesk(roomCode: string): () => Promise<HostDesk> {
  let desk: HostDesk | undefined;
  return async () => {
    const { HostDesk } = await import("./host_desk.ts");
    desk ??= new HostDesk(roomCode);
    desk.forgetProblem();
    return desk;
  };
}
