import type { Json } from "../log/entry.ts";

/** What is true of this visit only: `device`, `country`, `utm`, `path`, `timezone`, … */
export type Context = { readonly [key: string]: Json };

/** The context with the `hour` (0–23) and `weekday` (1 Monday – 7 Sunday) of an instant in its timezone. */
export function contextAt(context: Context, instant: number): Context {
  const { timezone: timeZone } = context;
  if (!timeZone) return context;
  try {
    // "Sun, 05" or much the same, whatever the host's version of Unicode's data.
    const [, day, hour] = /(\w+)\W+(\d+)/.exec(
      new Intl.DateTimeFormat("en", {
        timeZone: timeZone as string,
        hour: "numeric",
        hourCycle: "h23",
        weekday: "short",
      }).format(instant),
    ) as string[];
    return { hour: Number(hour), weekday: "MonTueWedThuFriSatSun".indexOf(day!) / 3 + 1, ...context };
  } catch {
    // No timezone that is known here.
    return context;
  }
}
