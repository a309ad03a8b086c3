import type { LocalMediaView } from "../../lib/client/media/local_media_types.ts";
import { Notice } from "../ui/Notice.tsx";
import type { RoomWords } from "../room_words.ts";
import { deviceProblems } from "./problems.ts";

/** What is wrong with the devices, and that one may join all the same. */
export function Problems({ t, media }: { t: RoomWords; media: LocalMediaView }) {
  const problems = deviceProblems(t, media.cameraProblem.value, media.microphoneProblem.value);
  if (problems.length === 0) return null;
  return (
    <div class="flex flex-col gap-2">
      {problems.map((problem) => <Notice key={problem}>{problem}</Notice>)}
      <p class="text-sm text-muted">{t("lobby.without_devices")}</p>
    </div>
  );
}
