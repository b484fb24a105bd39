import type { Profile } from "@murmur/core";

/** Somebody under the definition, and what the figures remember of them between two of their entries. */
export interface Member {
  readonly id: string;
  readonly profile: Profile;
  /** Positions of the segments that they are in, and beside each the instant of the entry, ms. */
  readonly segments: number[];
  readonly since: number[];
  /** Position of the stage that they came to last; -1 before the first. */
  stage: number;
  /** The number of the next checkpoint of conversion; NaN before the first entry. */
  checkpoint: number;
  /** The segments that they were in at the checkpoint before, and whether they converted since. */
  panel: readonly number[] | undefined;
  converted: boolean;
}

export function newMember(id: string, profile: Profile): Member {
  return {
    id,
    profile,
    segments: [],
    since: [],
    stage: -1,
    checkpoint: NaN,
    panel: undefined,
    converted: false,
  };
}
