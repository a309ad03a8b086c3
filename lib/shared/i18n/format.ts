/** Times, durations and sizes as people of a language write them. */
import type { Locale } from "./locale.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [["day", DAY], ["hour", HOUR], ["minute", MINUTE], ["second", 1]] as const;

/** Day and minute, in the reader's own time zone. */
export function formatMoment(locale: Locale, iso: string): string {
  const style = { dateStyle: "medium", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat(locale, style).format(new Date(iso));
}

/** "in 5 minutes", "3 days ago"; "now" within the first few seconds. */
export function formatDistance(locale: Locale, iso: string, nowMs: number): string {
  const seconds = Math.round((Date.parse(iso) - nowMs) / 1000);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (Math.abs(seconds) < 10) return words.format(0, "second");
  const [unit, size] = stepOf(Math.abs(seconds));
  return words.format(Math.trunc(seconds / size), unit);
}

/** The two largest units: "3 days 4 hours". */
export function formatDuration(locale: Locale, seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [unit, size] = stepOf(whole);
  const parts = [formatUnit(locale, Math.floor(whole / size), unit)];
  const rest = whole % size;
  const [nextUnit, nextSize] = STEPS[STEPS.findIndex(([name]) => name === unit) + 1] ?? [];
  if (nextUnit !== undefined && rest >= nextSize) {
    parts.push(formatUnit(locale, Math.floor(rest / nextSize), nextUnit));
  }
  return parts.join(" ");
}

export function formatBytes(locale: Locale, bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log(bytes) / Math.log(1024)), 4);
  const value = bytes / 1024 ** step;
  return formatUnit(locale, value, units[step]!, {
    unitDisplay: "short",
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  });
}

/** Less than one is told with a digit behind the point: nothing takes no time. */
export function formatMilliseconds(locale: Locale, ms: number): string {
  const maximumFractionDigits = ms < 1 ? 1 : 0;
  return formatUnit(locale, ms, "millisecond", { unitDisplay: "short", maximumFractionDigits });
}

/** @param share 0 to 1 */
export function formatShare(locale: Locale, share: number): string {
  const style = { style: "percent", maximumFractionDigits: share < 0.1 ? 1 : 0 } as const;
  return new Intl.NumberFormat(locale, style).format(share);
}

function stepOf(seconds: number): (typeof STEPS)[number] {
  return STEPS.find(([, size]) => seconds >= size) ?? STEPS[3];
}

function formatUnit(
  locale: Locale,
  value: number,
  unit: string,
  options: Intl.NumberFormatOptions = {},
): string {
  const style = { style: "unit", unit, unitDisplay: "long", ...options } as const;
  return new Intl.NumberFormat(locale, style).format(value);
}
