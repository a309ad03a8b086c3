import { useSignal } from "@preact/signals";
import type { ViewOf } from "../../lib/shared/admin_page_props.ts";
import { formatBytes, formatDuration } from "../../lib/shared/i18n/format.ts";
import type { RecordingState } from "../../lib/shared/protocol/recordings.ts";
import { Player } from "../recordings/Player.tsx";
import { stateWords } from "../recordings/recording_words.ts";
import { Button } from "../ui/Button.tsx";
import { useLive } from "../ui/live.ts";
import { Badge } from "./Badge.tsx";
import { DataTable } from "./DataTable.tsx";
import { DeedButton } from "./DeedButton.tsx";
import { Empty, Filters, Pager, SearchForm } from "./ListTools.tsx";
import { RoomLink } from "./RoomTraits.tsx";
import type { Scene } from "./scene.ts";
import { When } from "./When.tsx";

/** Those that one looks for. */
const STATES = ["available", "recording", "failed"] as const satisfies readonly RecordingState[];
const FILTERS = {
  available: "recordings.state_available",
  recording: "recordings.state_recording",
  failed: "recordings.state_failed",
} as const;

type List = ViewOf<"recordings">["list"];
type Row = List["items"][number];

/** All recordings, newest first, and the room they take. */
export function Recordings({ scene, view }: { scene: Scene; view: ViewOf<"recordings"> }) {
  const { t } = scene;
  const { query, list } = view;
  const playing = useSignal<number | null>(null);
  const shown = list.items.find(({ recording_id }) => recording_id === playing.value);
  const tools = { t, section: "recordings", query } as const;
  const choices = [
    { label: t("admin.filter_all"), wishes: { state: undefined } },
    ...STATES.map((state) => ({ label: t(FILTERS[state]), wishes: { state } })),
  ];
  return (
    <>
      <Storage scene={scene} storage={list.storage} />
      <SearchForm {...tools} label={t("admin.recordings_search")} />
      <Filters {...tools} choices={choices} />
      {shown && (
        <Player
          key={shown.recording_id}
          t={t}
          name={shown.room_name}
          address={`/api/admin/recordings/${shown.recording_id}`}
          hasThumbnail={shown.thumbnail_path !== null}
        />
      )}
      {list.items.length === 0
        ? <Empty {...tools}>{t("admin.recordings_empty")}</Empty>
        : (
          <RecordingTable
            scene={scene}
            rows={list.items}
            playing={playing.value}
            onPlay={(id) => playing.value = id}
          />
        )}
      <Pager {...tools} page={list} />
    </>
  );
}

function Storage({ scene: { t, locale }, storage }: { scene: Scene; storage: List["storage"] }) {
  const { used_bytes, free_bytes, limit_bytes, max_size_bytes } = storage;
  const used = formatBytes(locale, used_bytes);
  const sentences = [
    limit_bytes === null
      ? t("admin.recordings_use", { used })
      : t("admin.recordings_use_limit", { used, limit: formatBytes(locale, limit_bytes) }),
    free_bytes === null
      ? t("admin.recordings_unknown")
      : t("admin.recordings_free", { free: formatBytes(locale, free_bytes) }),
    t("admin.recordings_max", { max: formatBytes(locale, max_size_bytes) }),
  ];
  return <p class="text-muted" data-testid="admin-recording-storage">{sentences.join(" ")}</p>;
}

interface TableProps {
  scene: Scene;
  rows: readonly Row[];
  playing: number | null;
  onPlay: (recordingId: number | null) => void;
}

function RecordingTable({ scene, rows, playing, onPlay }: TableProps) {
  const { t, locale } = scene;
  return (
    <DataTable
      label={t("admin.page_recordings")}
      rows={rows}
      rowKey={(row) => row.recording_id}
      testId="admin-recordings"
      rowTestId="admin-recording-row"
      columns={[
        { key: "room", label: t("admin.room_name"), cell: (row) => <RoomLink t={t} room={row} /> },
        {
          key: "state",
          label: t("admin.recording_state"),
          cell: (row) => (
            <Badge tone={row.is_available ? "good" : "quiet"}>{stateWords(t, locale, row)}</Badge>
          ),
        },
        { key: "by", label: t("admin.who"), cell: (row) => row.started_by_name },
        {
          key: "length",
          label: t("admin.recording_length"),
          cell: ({ ended_at, duration }) =>
            ended_at === null ? "–" : formatDuration(locale, duration),
        },
        {
          key: "size",
          label: t("admin.recording_size"),
          cell: ({ uploaded_bytes }) => formatBytes(locale, uploaded_bytes),
        },
        {
          key: "at",
          label: t("admin.recording_started"),
          cell: (row) => <When scene={scene} at={row.started_at} exact />,
        },
        {
          key: "watch",
          label: t("recordings.play"),
          cell: (row) => <Watch t={t} row={row} playing={playing} onPlay={onPlay} />,
        },
      ]}
      action={{
        label: t("admin.actions"),
        cell: ({ recording_id, room_name }) => (
          <DeedButton
            scene={scene}
            deed={{ kind: "delete_recording", id: recording_id, name: room_name }}
            testId="admin-delete-recording"
          />
        ),
      }}
    />
  );
}

function Watch(
  { t, row, playing, onPlay }: Pick<TableProps, "playing" | "onPlay"> & {
    t: Scene["t"];
    row: Row;
  },
) {
  const live = useLive();
  if (!row.is_available) return <>–</>;
  const isPlaying = playing === row.recording_id;
  const name = row.room_name;
  return (
    <Button
      look="quiet"
      class="px-3 text-sm"
      pending={!live.value}
      label={isPlaying ? t("recordings.hide") : t("recordings.play_name", { name })}
      testId="admin-play-recording"
      onClick={() => onPlay(isPlaying ? null : row.recording_id)}
    >
      {t(isPlaying ? "common.close" : "recordings.play")}
    </Button>
  );
}
