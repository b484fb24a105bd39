/** Unix seconds of the year 33658, or milliseconds of 2001: what is below is taken for seconds. */
const FIRST_MS = 1e12;
const FIRST_US = 1e15;

const DATE = /^(\d{4})-?(\d\d)-?(\d\d)$/;
const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(Z|UTC|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?$/;
/** Databases write "no day" as one of the years 0 and 1, which JavaScript takes for 1900 and 1901. */
const FIRST_YEAR = 100;

/**
 * The instant that a text or number means, ms UTC; undefined when it means none. Dates are ISO 8601 or `YYYYMMDD`; what
 * has no zone is UTC. Numbers are Unix time in s, ms or µs, by their size; those of eight digits are `YYYYMMDD`, for as
 * seconds they would be of the years up to 1973.
 */
export function instantOf(value: unknown): number | undefined {
  if (typeof value === "number") return isDay(value) ? ofText(String(value)) : ofUnix(value);
  if (typeof value !== "string") return undefined;
  if (value !== last.text) last = { text: value, instant: ofText(value.trim()) };
  return last.instant;
}

/** Rows that follow each other are often of one instant. */
let last: { text: string; instant: number | undefined } = { text: "", instant: undefined };

function ofText(text: string): number | undefined {
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone = ""] =
    DATE_TIME.exec(text) ?? DATE.exec(text) ?? [];
  if (year === undefined) return /^\d{9,16}(?:\.\d+)?$/.test(text) ? ofUnix(Number(text)) : undefined;
  const at = Date.UTC(
    +year,
    +month! - 1,
    +day!,
    +hour,
    +minute,
    +second,
    fraction === "" ? 0 : +fraction.padEnd(3, "0").slice(0, 3),
  );
  const isReal =
    +year >= FIRST_YEAR &&
    +month! >= 1 &&
    +month! <= 12 &&
    +day! >= 1 &&
    (+day! <= 28 || +day! <= daysOf(+year, +month!)) &&
    +hour < 24 &&
    +minute < 60 &&
    +second < 60;
  return isReal ? at - offsetOf(zone) : undefined;
}

function isDay(value: number): boolean {
  return Number.isInteger(value) && value >= 1e7 && value < 1e8;
}

function ofUnix(value: number): number | undefined {
  if (!Number.isFinite(value) || value <= 0) return undefined;
  if (value < FIRST_MS) return Math.round(value * 1_000);
  return value < FIRST_US ? Math.round(value) : Math.round(value / 1_000);
}

function daysOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** ms by which the zone is ahead of UTC. */
function offsetOf(zone: string): number {
  if (zone === "") return 0;
  const [, sign, hours, minutes = "0"] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  return sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (+hours! * 60 + +minutes) * 60_000;
}
