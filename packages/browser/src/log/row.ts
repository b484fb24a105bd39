import type { Entry } from "@murmur/core";

/** One entry as a device keeps it. */
export interface Row {
  /** Counts up in order of arrival on this device. What an earlier device has left behind has none above 0. */
  n: number;
  entry: Entry;
  /** The name of the edge's log that it came down with: it needs no delivery. */
  remote?: string;
  /** The edge has refused it: it counts nowhere. */
  refused?: true;
  /** The earlier device of this browser whose it is: it is to be delivered, and no engine reads it. */
  device?: string;
}
