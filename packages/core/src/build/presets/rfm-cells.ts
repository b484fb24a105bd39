import type { SegmentDefinition } from "../../definition/definition.ts";
import { all } from "../conditions.ts";
import type { RfmScore, Scorer } from "./rfm-scores.ts";

export type RfmCell =
  | "champion"
  | "loyal"
  | "potential-loyalist"
  | "new-customer"
  | "promising"
  | "needs-attention"
  | "about-to-sleep"
  | "at-risk"
  | "cannot-lose"
  | "hibernating"
  | "lost";

/** Scores from `low` to `high`, both included. */
type Span = readonly [low: RfmScore, high: RfmScore];

/** The cells cover the grid of recency by frequency, 5 by 5: each square of it stands in exactly one. */
const CELLS: Record<RfmCell, { name: string; recency: Span; frequency: Span }> = {
  champion: { name: "Champion", recency: [5, 5], frequency: [4, 5] },
  loyal: { name: "Loyal customer", recency: [3, 4], frequency: [4, 5] },
  "potential-loyalist": { name: "Potential loyalist", recency: [4, 5], frequency: [2, 3] },
  "new-customer": { name: "New customer", recency: [5, 5], frequency: [1, 1] },
  promising: { name: "Promising", recency: [4, 4], frequency: [1, 1] },
  "needs-attention": { name: "Needs attention", recency: [3, 3], frequency: [3, 3] },
  "about-to-sleep": { name: "About to sleep", recency: [3, 3], frequency: [1, 2] },
  "at-risk": { name: "At risk", recency: [1, 2], frequency: [3, 4] },
  "cannot-lose": { name: "Cannot lose", recency: [1, 2], frequency: [5, 5] },
  hibernating: { name: "Hibernating", recency: [2, 2], frequency: [1, 2] },
  lost: { name: "Lost", recency: [1, 1], frequency: [1, 2] },
};

/** A segment for each cell. */
export function cellSegments(score: Scorer): Record<RfmCell, SegmentDefinition> {
  const segments = Object.entries(CELLS).map(([cell, { name, recency, frequency }]) => {
    const description = `Recency ${spanText(recency)}, frequency ${spanText(frequency)}.`;
    const when = all(...score("recency", ...recency), ...score("frequency", ...frequency));
    return [cell, { name: `RFM ${name.toLowerCase()}`, description, when }];
  });
  return Object.fromEntries(segments) as Record<RfmCell, SegmentDefinition>;
}

function spanText([low, high]: Span): string {
  return low === high ? String(low) : `${low} to ${high}`;
}
