/** A text of some content with values in it. */
export interface TextPlan {
  /** Where it stands: keys and list positions. */
  at: readonly (string | number)[];
  /** Texts as they are, and values between them. */
  parts: readonly (string | ValuePlan)[];
  /** Whether the whole is a URL, which must not run code. */
  url?: true;
}

/** A value by its path, how it is escaped, and what stands where it is missing. */
export type ValuePlan = readonly [path: string, escape: Escape, otherwise: string];

/** `0` as it is; `1` for HTML; `2` as a part of a URL. */
export type Escape = 0 | 1 | 2;
