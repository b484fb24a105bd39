import type { Entry } from "@murmur/core";
import type { Stream } from "../one-more-event.ts";
import { type Pace, ShopLife } from "./shop-life.ts";

const DAY = 864e5;

/** How histories of different lengths come about, by what it is called in figures. */
export const PACES: Readonly<Record<string, (history: number) => Pace>> = {
  /** The same four weeks, and always more in them: the windows fill up. */
  "28 days": (history) => {
    const perVisit = 0.6 * Math.sqrt(history);
    return { perVisit, pause: (28 * DAY * perVisit) / history - perVisit * 30_000 };
  },
  /** The same weeks, and always more of them: the whole log grows, the windows do not. */
  "50 a day": () => ({ perVisit: 10, pause: DAY / 5 - 10 * 30_000 }),
};

export function shopping(pace: (history: number) => Pace): Stream<Entry> {
  return (life, history) => new ShopLife(history + life, pace(history));
}
