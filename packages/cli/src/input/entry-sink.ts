import type { Entry } from "@murmur/core";

/** Where a reader of rows leaves what it makes of them. */
export interface EntrySink {
  /** An entry of somebody's log, and the line on which it begins. */
  entry(profile: string, entry: Entry, line: number): void;
  /** A row that is not as it should be: counted, and named by its line. */
  bad(line: number, reason: string): void;
  /** A row that is in order, and stands for nothing here: counted by its reason. */
  skip(reason: string): void;
  /** Two ids are one person, by what a row says: what the first did is the second's. Of those that ask for it alone. */
  same?(device: string, user: string): void;
}
