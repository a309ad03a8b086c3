/** What a recording is like, in words. */
import { formatBytes } from "../../lib/shared/i18n/format.ts";
import type { Locale } from "../../lib/shared/i18n/locale.ts";
import type { Translate } from "../../lib/shared/i18n/translator.ts";
import type { Recording } from "../../lib/shared/protocol/recordings.ts";

export type RecordingWords = Translate<"recordings">;

export function stateWords(
  t: RecordingWords,
  locale: Locale,
  { state, failure, uploaded_bytes }: Recording,
): string {
  if (failure !== null) return t(`recordings.failure_${failure}`);
  return t(`recordings.state_${state}`, { size: formatBytes(locale, uploaded_bytes) });
}
