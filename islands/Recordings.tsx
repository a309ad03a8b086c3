import { batch, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { RecordingList } from "../components/recordings/RecordingList.tsx";
import { RemoveDialog } from "../components/recordings/RemoveDialog.tsx";
import { deleteRecording, listRecordings } from "../lib/client/api/recordings_client.ts";
import { refreshEvery } from "../lib/client/util/refresh.ts";
import { createTranslator, errorText } from "../lib/shared/i18n/translator.ts";
import type { RecordingsPageProps } from "../lib/shared/page_props.ts";
import type { Recording } from "../lib/shared/protocol/recordings.ts";

/** Files arrive while one looks. */
const REFRESH_MS = 10_000;

/** Somebody's recordings: watch, save, delete. */
export default function Recordings(props: RecordingsPageProps) {
  const { locale, messages, hasMore } = props;
  const t = useMemo(() => createTranslator(locale, messages), [locale, messages]);
  const recordings = useSignal(props.recordings);
  const playing = useSignal<number | null>(null);
  const asked = useSignal<Recording | null>(null);
  const removed = useSignal<Recording | null>(null);
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const refresh = async () => {
    const answer = await listRecordings();
    if (answer.ok) recordings.value = answer.value;
  };
  useEffect(() => refreshEvery(REFRESH_MS, refresh), []);
  const remove = async (recording: Recording) => {
    busy.value = true;
    const answer = await deleteRecording(recording.recording_id);
    busy.value = false;
    if (!answer.ok) return problem.value = errorText(t, answer.error);
    batch(() => {
      asked.value = null;
      removed.value = recording;
      recordings.value = recordings.peek().filter((each) =>
        each.recording_id !== recording.recording_id
      );
    });
  };
  return (
    <>
      <p role="status" class="empty:hidden" data-testid="recording-removed">
        {removed.value && t("recordings.removed", { name: removed.value.room_name })}
      </p>
      <RecordingList
        t={t}
        locale={locale}
        recordings={recordings.value}
        playing={playing.value}
        onPlay={(id) => playing.value = id}
        onRemove={(recording) => {
          problem.value = null;
          asked.value = recording;
        }}
      />
      {hasMore && <p class="text-sm text-muted">{t("recordings.more")}</p>}
      {asked.value && (
        <RemoveDialog
          t={t}
          name={asked.value.room_name}
          busy={busy.value}
          problem={problem.value}
          onRemove={() => asked.value && void remove(asked.value)}
          onClose={() => asked.value = null}
        />
      )}
    </>
  );
}
