/** How many views each category has within the window. A peer never keeps or changes it. */
export type CategoryCounts = Readonly<Record<string, number>>;

/** A rules engine from the registry. It knows no windows and no past: its host counts, and it decides over the counts. */
export interface Peer {
  /** As the registry knows it. */
  name: string;
  /** The segments that hold, in any order. */
  members(counts: CategoryCounts): readonly string[] | Promise<readonly string[]>;
  close?(): Promise<void>;
}

/** What a peer is asked to decide: a segment holds where its category has more than so many views. */
export interface Question {
  categories: readonly string[];
  /** Their ids stand beside the categories. */
  segments: readonly string[];
  moreThan: number;
}
