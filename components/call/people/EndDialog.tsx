import type { HostDeskView } from "../../../lib/client/call/host_desk.ts";
import { errorText } from "../../../lib/shared/i18n/translator.ts";
import type { RoomWords } from "../../room_words.ts";
import { Notice } from "../../ui/Notice.tsx";
import { Sheet } from "../../ui/Sheet.tsx";
import { EndForm } from "./Goodbyes.tsx";

interface EndDialogProps {
  t: RoomWords;
  desk: HostDeskView;
  onClose: () => void;
}

/** Ends the call for everyone, after a question. */
export function EndDialog({ t, desk, onClose }: EndDialogProps) {
  const problem = desk.problem.value;
  return (
    <Sheet
      title={t("people.end_title")}
      closeLabel={t("common.close")}
      testId="end-dialog"
      onClose={onClose}
    >
      {problem && <Notice>{errorText(t, problem)}</Notice>}
      <EndForm t={t} onCancel={onClose} onConfirm={() => void desk.endRoom()} />
    </Sheet>
  );
}
