import type { Scalar, SlotDecision } from "@murmur/core";

/**
 * What was decided before the page had a tag of its own: the edge's answer to `POST /v1/slots`, which a server has rendered
 * the page by. It stands until the tag has an answer itself, or the visitor says no.
 */
export interface Bootstrap {
  /** Ids of the segments that the profile is in. */
  segments?: readonly string[];
  /** What each slot shows; those that keep the page's own content are left out. */
  slots?: Readonly<Record<string, SlotDecision>>;
  /** Those that the edge was asked for by name. */
  measures?: Readonly<Record<string, Scalar>>;
}
