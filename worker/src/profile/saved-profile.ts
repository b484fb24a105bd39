import type { Program, Snapshot } from "@murmur/core";
import type { LogSize, LogStore } from "./log-store.ts";

/** The computed side of a profile, kept so that waking it need not read the log. */
export interface SavedProfile {
  /** None while the profile rests, or when it is to be made anew. */
  snapshot?: Snapshot;
  /** Memberships, so that under another definition the difference can be told. */
  segments: string[];
  /** The last entry that it has seen. */
  seen: number;
  /** Of the log up to there. */
  size?: LogSize;
}

/** Of an empty log it is nothing that JSON could keep; earlier versions did not know the bytes. */
export function sizeIn(saved: SavedProfile | undefined): LogSize | undefined {
  return saved?.size?.entries && saved.size.bytes !== undefined ? saved.size : undefined;
}

export function savedIn(store: LogStore): SavedProfile | undefined {
  return store.get<SavedProfile>("profile");
}

/** What is stored of a profile, as it is: nothing is brought up to date by looking. */
export function storedState(
  store: LogStore,
  program: Program,
): { segments: string[]; nextChange: number | undefined } {
  const { segments = [], snapshot } = savedIn(store) ?? {};
  const isOurs = snapshot?.definition === program.hash;
  return { segments, nextChange: isOurs ? program.profile(snapshot).nextChange() : undefined };
}
