import { refine } from "@murmur/core";
import { start, type Murmur, type MurmurOptions } from "./murmur.ts";

/** Starts Murmur on this page. */
export function init(options: MurmurOptions): Murmur {
  return start(options, async () => refine);
}
