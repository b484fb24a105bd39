import { compareEntries, type EventEntry, type Program, type Transition } from "@murmur/core";
import { eachOf } from "./each-of.ts";
import { patiently } from "./patiently.ts";
import type { Progress } from "./print-progress.ts";
import type { SyncAnswer } from "../../worker/src/profile/sync.ts";
import type { TagDevice } from "./tag-device.ts";

/** Where the edge and the engine alone do not agree. */
export interface Mismatch {
  user: string;
  what: "entries" | "memberships" | "next change" | "transitions of the hour after";
  edge: string;
  engine: string;
}

/** What a profile is made of: a person's device, and the distinct entries that it sent. */
export interface Expected {
  user: string;
  device: TagDevice;
  entries: readonly EventEntry[];
}

export interface Comparison {
  /** How many entries the edge's logs hold. */
  entries: number;
  /** How many people are in each segment. */
  members: Map<string, number>;
  /** What time alone changes in the hour after; absent where the edge's clock cannot be moved. */
  hourAfter?: { entered: number; exited: number };
  mismatches: Mismatch[];
}

/** Where the profiles are, and how they are looked at. */
export interface Comparing {
  edge: string;
  program: Program;
  atOnce: number;
  /** Whether the edge lets a profile's clock be moved on: then the hour after is compared, too. */
  timeMachine: boolean;
  progress?: Progress | undefined;
}

const HOUR = 36e5;

/**
 * Holds every profile of the edge against the engine run alone over the same entries, in order, once each: at the
 * instant of the edge's own answer, and then through an hour in which nothing happens but time.
 */
export async function compareProfiles(
  people: readonly Expected[],
  { edge, program, atOnce, timeMachine, progress }: Comparing,
): Promise<Comparison> {
  const comparison: Comparison = { entries: 0, members: new Map(), mismatches: [] };
  if (timeMachine) comparison.hourAfter = { entered: 0, exited: 0 };
  const compare = async (person: Expected): Promise<void> => {
    const answer = await person.device.readAll();
    const profile = program.profile();
    for (const entry of person.entries.toSorted(compareEntries)) profile.record(entry);
    profile.advance(answer.receivedAt);
    const segments = profile.segments();
    const hour = profile.advance(answer.receivedAt + HOUR);

    comparison.entries += answer.entries.length;
    for (const id of segments) comparison.members.set(id, (comparison.members.get(id) ?? 0) + 1);
    const differ = mismatch.bind(undefined, comparison, person.user);
    differ("entries", listed(answer.entries), listed(person.entries));
    differ("memberships", answer.segments.join(" "), segments.join(" "));
    if (!comesInTime(answer, hour[0]?.at))
      differ("next change", `${answer.nextChange}`, `${hour[0]?.at} or before`);
    if (!comparison.hourAfter) return;
    for (const { change } of hour) comparison.hourAfter[change]++;
    const later = await hourAfter(edge, person.device.id, answer.receivedAt);
    differ("transitions of the hour after", spelled(later), spelled(hour));
  };
  await eachOf(people, atOnce, compare, progress?.("compared", people.length));
  return comparison;
}

function mismatch(
  { mismatches }: Comparison,
  user: string,
  what: Mismatch["what"],
  edge: string,
  engine: string,
): void {
  if (edge !== engine) mismatches.push({ user, what, edge, engine });
}

function listed(entries: readonly { id: string; timestamp: number }[]): string {
  return entries
    .toSorted(compareEntries)
    .map(({ id, timestamp }) => `${id}@${timestamp}`)
    .join(" ");
}

function spelled(transitions: readonly Transition[]): string {
  return transitions.map(({ segment, change, at }) => `${change} ${segment} at ${at}`).join(", ");
}

/** A wake-up may be early, never late, and never in the past. */
function comesInTime({ nextChange, receivedAt }: SyncAnswer, changes: number | undefined): boolean {
  if (nextChange === undefined) return changes === undefined;
  return nextChange > receivedAt && nextChange <= (changes ?? Infinity);
}

/** Lets an hour pass at the edge, or more; the transitions of the hour after `instant`, as it keeps them. */
async function hourAfter(edge: string, device: string, instant: number): Promise<Transition[]> {
  const body = JSON.stringify({ device, advance: HOUR });
  const { transitions } = await patiently<{ transitions: Transition[] }>(() =>
    fetch(`${edge}/v1/dev/clock`, { method: "POST", body }),
  );
  return transitions.filter(({ at }) => at > instant && at <= instant + HOUR);
}
