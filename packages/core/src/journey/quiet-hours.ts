import type { QuietHours } from "../definition/journey.ts";

const MINUTE = 60_000;
const DAY = 864e5;

/** Formats by timezone: to make one takes far longer than to use it. Customers say theirs, in whatever letters. */
const formats = new Map<string, Intl.DateTimeFormat>();
/** How many are kept at most. */
const MAX_FORMATS = 1_000;

/**
 * Until when it is quiet at `instant`, ms; undefined when it is not. The first instant at which the wall clock is outside of
 * the quiet hours, also where it jumps: what stands for itself on the day on which an hour is missing, or comes twice.
 */
export function quietUntil(quiet: QuietHours, timezone: unknown, instant: number): number | undefined {
  const zone = [timezone, quiet.timezone].find(isTimezone) ?? "UTC";
  const [from, to] = [minutes(quiet.from), minutes(quiet.to)];
  const isQuiet = (at: number): boolean => {
    const time = wallClock(zone, at) / MINUTE;
    return from < to ? from <= time && time < to : time >= from || time < to;
  };
  let at = instant;
  while (isQuiet(at)) {
    const end = at + ((to * MINUTE - wallClock(zone, at) + DAY) % DAY);
    // Where the clock jumps before, the rest is to be counted anew from there.
    at = jumpBetween(zone, at, end) ?? end;
  }
  return at === instant ? undefined : at;
}

/** Whether it names a timezone that is known here, in the IANA database. */
export function isTimezone(name: unknown): name is string {
  if (typeof name !== "string" || name === "") return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** Minutes of `HH:MM` from midnight on; none for what is no time of day. */
export function minutesOf(time: unknown): number | undefined {
  const match = typeof time === "string" ? /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) : null;
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

function minutes(time: string): number {
  return minutesOf(time) as number;
}

/** The time of day that the wall clock shows, ms from midnight on. */
function wallClock(zone: string, at: number): number {
  const [hour, minute, second] = formatOf(zone)
    .formatToParts(at)
    .filter(({ type }) => type !== "literal")
    .map(({ value }) => Number(value)) as [number, number, number];
  return (hour * 60 + minute) * MINUTE + second * 1_000 + (((at % 1_000) + 1_000) % 1_000);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en", {
      timeZone,
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
    if (formats.size >= MAX_FORMATS) formats.clear();
    formats.set(timeZone, format);
  }
  return format;
}

/** How far the wall clock is ahead of the instant, within a day, ms. */
function offset(zone: string, at: number): number {
  return (((wallClock(zone, at) - at) % DAY) + DAY) % DAY;
}

/** The first instant in (start, end], less than a day apart, at which the wall clock has jumped; none when it has not. */
function jumpBetween(zone: string, start: number, end: number): number | undefined {
  const before = offset(zone, start);
  if (offset(zone, end) === before) return undefined;
  let [low, high] = [start, end];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
