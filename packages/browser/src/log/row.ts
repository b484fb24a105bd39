import type { Entry } from "@murmur/core";

/** One entry as a device keeps it. */
export interface Row {
  /** Counts up in order of arrival on this device. */
  n: number;
  entry: Entry;
  /** Came down from the edge: it needs no delivery. */
  remote?: true;
  /** The edge has refused it: it counts nowhere. */
  refused?: true;
}
