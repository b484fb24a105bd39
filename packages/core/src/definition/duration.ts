/** An integer and one of `ms s m h d w`: `"90s"`, `"2h"`, `"7d"`. A day is 24 hours exactly. */
export type Duration = `${number}${"ms" | "s" | "m" | "h" | "d" | "w"}`;

const UNITS: Record<string, number> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
const PATTERN = /^(\d{1,15})(ms|[smhdw])$/;

/** Milliseconds of a duration, or nothing when `text` is none (or longer than 100,000 years). */
export function parseDuration(text: unknown): number | undefined {
  const match = typeof text === "string" ? PATTERN.exec(text) : null;
  if (!match) return undefined;
  const ms = Number(match[1]) * (UNITS[match[2] as string] as number);
  return ms <= 3.1536e15 ? ms : undefined;
}

/** Milliseconds of a duration that was checked before, or that is a number of them. */
export function milliseconds(duration: Duration | number): number {
  return typeof duration === "number" ? duration : (parseDuration(duration) as number);
}
