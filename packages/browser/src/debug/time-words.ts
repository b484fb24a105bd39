import { parseDuration } from "@murmur/core";

const SECOND = 1e3;
const MINUTE = 6e4;
const HOUR = 36e5;
const DAY = 864e5;
const YEAR = 365 * DAY;

const UNIT_NAMES: Readonly<Record<string, string>> = {
  ms: "millisecond",
  s: "second",
  m: "minute",
  h: "hour",
  d: "day",
  w: "week",
};

/** A length of time in its two largest units, of which the second keeps its width: "6 d 23 h", "4 min 09 s". */
export function span(ms: number): string {
  const length = Math.max(0, ms);
  if (length >= 2 * YEAR) return `${Math.floor(length / YEAR)} years`;
  if (length >= DAY) return two(length, DAY, "d", HOUR, "h");
  if (length >= HOUR) return two(length, HOUR, "h", MINUTE, "min");
  if (length >= MINUTE) return two(length, MINUTE, "min", SECOND, "s");
  return `${Math.floor(length / SECOND)} s`;
}

/** How long until then; it says "now" only once it is so. */
export function countdown(ms: number): string {
  return ms > 0 ? `in ${span(Math.ceil(ms / SECOND) * SECOND)}` : "now";
}

export function ago(ms: number): string {
  return ms < SECOND ? "just now" : `${span(ms)} ago`;
}

/** A duration of a definition in words: "7d" is "7 days"; anything else stays as it is. */
export function durationWords(duration: unknown): string {
  if (typeof duration === "number") return span(duration);
  const [, count, unit] = /^(\d+)([a-z]+)$/.exec(String(duration)) ?? [];
  const name = unit === undefined ? undefined : UNIT_NAMES[unit];
  if (name === undefined || parseDuration(duration) === undefined) return String(duration);
  return `${count} ${name}${count === "1" ? "" : "s"}`;
}

/** The time of day by the page's own timezone, with the day where it is another one than `now`'s. */
export function timeOf(at: number, now: number): string {
  const date = new Date(at);
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(padded).join(":");
  return date.toDateString() === new Date(now).toDateString() ? time : `${dayOf(date)} ${time.slice(0, 5)}`;
}

/** The whole instant, for who looks closer. */
export function instantOf(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime())
    ? String(at)
    : `${dayOf(date)} ${date.getFullYear()}, ${timeOf(at, at)}`;
}

function dayOf(date: Date): string {
  const [weekday, month, day] = date.toDateString().split(" ");
  return `${weekday} ${Number(day)} ${month}`;
}

function two(length: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((length % large) / small);
  return `${Math.floor(length / large)} ${largeName} ${smallName === "h" ? rest : padded(rest)} ${smallName}`;
}

function padded(number: number): string {
  return String(number).padStart(2, "0");
}
