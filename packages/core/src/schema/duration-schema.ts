import { z } from "zod";
import { parseDuration, type Duration } from "../definition/duration.ts";

const DIGITS = /^\d{1,15}(ms|s|m|h|d|w)$/;
const DIGITS_NOT_ALL_ZERO = /^(?=\d{1,15}[a-z])0*[1-9]\d*(ms|s|m|h|d|w)$/;

function duration(id: string, pattern: RegExp, description: string): z.ZodType<Duration, Duration> {
  const schema = z
    .string()
    .regex(pattern)
    .refine((text) => parseDuration(text) !== undefined, "longer than 100,000 years")
    .meta({ id, description, examples: ["90s", "30m", "2h", "7d"] });
  return schema as unknown as z.ZodType<Duration, Duration>;
}

/** A duration, of no time too. */
export const durationSchema = duration(
  "Duration",
  DIGITS,
  "A duration: an integer and one of ms s m h d w. A day is 24 hours.",
);

/** A duration that is longer than nothing, as a window is. */
export const windowSchema = duration(
  "Window",
  DIGITS_NOT_ALL_ZERO,
  "A duration longer than nothing: an integer and one of ms s m h d w. A day is 24 hours.",
);
