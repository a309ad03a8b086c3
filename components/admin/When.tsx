import { formatDistance, formatMoment } from "../../lib/shared/i18n/format.ts";
import type { Scene } from "./scene.ts";

interface WhenProps {
  scene: Pick<Scene, "locale" | "now">;
  /** ISO 8601 */
  at: string;
  /** The day and the minute, not how long ago. */
  exact?: boolean;
}

/** A point in time in words; the other way to say it is in its tooltip. */
export function When({ scene: { locale, now }, at, exact = false }: WhenProps) {
  const moment = formatMoment(locale, at);
  const distance = formatDistance(locale, at, now);
  return (
    <time dateTime={at} title={exact ? distance : moment} class="whitespace-nowrap">
      {exact ? moment : distance}
    </time>
  );
}
