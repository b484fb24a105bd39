import { problemMessage, type Entry, type EntryProblem } from "@murmur/core";
import { logProblem } from "./log-problem.ts";

export interface Rejection {
  /** Of the entry; null where it has none to name it by. */
  id: string | null;
  reason: EntryProblem["reason"] | "too_old" | "no_consent";
  message: string;
}

/** Checks a batch entry by entry: a bad one does not spoil the others. */
export function checkEntries(batch: readonly unknown[]): { entries: Entry[]; rejected: Rejection[] } {
  const entries: Entry[] = [];
  const rejected: Rejection[] = [];
  for (const candidate of batch) {
    const problem = logProblem(candidate);
    if (!problem) entries.push(known(candidate as Entry));
    else rejected.push({ id: idOf(candidate), reason: problem.reason, message: problemMessage(problem) });
  }
  return { entries, rejected };
}

/** An entry without members that the language does not know. */
function known(entry: Entry): Entry {
  const { type, id, timestamp } = entry;
  if (type === "identify") return { type, id, timestamp, traits: entry.traits };
  return { type, id, name: entry.name, timestamp, properties: entry.properties ?? {} };
}

function idOf(candidate: unknown): string | null {
  const id = (candidate as { id?: unknown } | null)?.id;
  return typeof id === "string" ? id.slice(0, 128) : null;
}
