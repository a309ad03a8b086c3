import { Download, Play, Trash2, X } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { formatBytes, formatDuration, formatMoment } from "../../lib/shared/i18n/format.ts";
import type { Locale } from "../../lib/shared/i18n/locale.ts";
import type { Translate } from "../../lib/shared/i18n/translator.ts";
import type { RecordingsNamespace } from "../../lib/shared/page_props.ts";
import type { Recording } from "../../lib/shared/protocol/recordings.ts";
import { Button, buttonClass } from "../ui/Button.tsx";
import { useLive } from "../ui/live.ts";
import { Player } from "./Player.tsx";
import { stateWords } from "./recording_words.ts";

export interface RecordingListProps {
  t: Translate<RecordingsNamespace>;
  locale: Locale;
  recordings: readonly Recording[];
  /** recording_id of the one that is shown; null: none. */
  playing: number | null;
  onPlay: (recordingId: number | null) => void;
  onRemove: (recording: Recording) => void;
}

/** Recordings, newest first. */
export function RecordingList(props: RecordingListProps) {
  const { t, recordings } = props;
  if (recordings.length === 0) {
    return <p class="text-muted" data-testid="recordings-none">{t("recordings.none")}</p>;
  }
  return (
    <ul class="divide-y divide-line border-y border-line" data-testid="recordings">
      {recordings.map((each) => <Row key={each.recording_id} {...props} recording={each} />)}
    </ul>
  );
}

type RowProps = RecordingListProps & { recording: Recording };

function Row({ recording, playing, ...props }: RowProps) {
  const { t } = props;
  const { recording_id, room_name, thumbnail_path } = recording;
  const isPlaying = playing === recording_id;
  return (
    <li
      class="grid gap-x-6 gap-y-3 py-4 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center"
      data-testid="recording-row"
      data-recording-id={recording_id}
      data-state={recording.state}
    >
      <Facts t={t} locale={props.locale} recording={recording} />
      <Actions {...props} recording={recording} playing={playing} />
      {isPlaying && (
        <Player
          t={t}
          name={room_name}
          address={`/video/recordings/${recording_id}`}
          hasThumbnail={thumbnail_path !== null}
        />
      )}
    </li>
  );
}

function Facts({ t, locale, recording }: Pick<RowProps, "t" | "locale" | "recording">) {
  const { room_name, started_at, started_by_name, duration, file_size, state } = recording;
  const facts = [
    t("recordings.recorded_by", { name: started_by_name }),
    ...(state === "recording" ? [] : [formatDuration(locale, duration)]),
    ...(state === "available" ? [formatBytes(locale, file_size)] : []),
  ];
  return (
    <div class="min-w-0">
      <h2 class="font-semibold break-words">{room_name}</h2>
      <p class="text-sm text-muted">
        <time dateTime={started_at}>{formatMoment(locale, started_at)}</time>
        {` · ${facts.join(" · ")}`}
      </p>
      {state !== "available" && (
        <p class="mt-1 text-sm font-medium" data-testid="recording-state">
          {stateWords(t, locale, recording)}
        </p>
      )}
    </div>
  );
}

function Actions({ t, recording, playing, onPlay, onRemove }: RowProps) {
  const live = useLive();
  const { recording_id, room_name: name, is_available, can_delete } = recording;
  const isPlaying = playing === recording_id;
  return (
    <div class="flex flex-wrap gap-1">
      {is_available && (
        <>
          <Button
            look={isPlaying ? "quiet" : "primary"}
            class="px-3.5 text-sm"
            pending={!live.value}
            label={isPlaying ? t("recordings.hide") : t("recordings.play_name", { name })}
            testId="recording-play"
            onClick={() => onPlay(isPlaying ? null : recording_id)}
          >
            <Icon>{isPlaying ? <X /> : <Play />}</Icon>
            {t(isPlaying ? "common.close" : "recordings.play")}
          </Button>
          <a
            href={`/video/recordings/${recording_id}/file`}
            download
            class={buttonClass("bare", "px-3.5 text-sm")}
            aria-label={t("recordings.download_name", { name })}
            data-testid="recording-download"
          >
            <Icon>
              <Download />
            </Icon>
            {t("recordings.download")}
          </a>
        </>
      )}
      {can_delete && (
        <Button
          look="bare"
          class="px-3.5 text-sm"
          pending={!live.value}
          label={t("recordings.remove_name", { name })}
          testId="recording-remove"
          onClick={() => onRemove(recording)}
        >
          <Icon>
            <Trash2 />
          </Icon>
          {t("recordings.remove")}
        </Button>
      )}
    </div>
  );
}

function Icon({ children }: { children: ComponentChildren }) {
  return <span class="[&>svg]:size-4.5" aria-hidden="true">{children}</span>;
}
