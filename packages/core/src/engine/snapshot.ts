import { isTimestamp } from "../log/entry-problem.ts";
import type { TraitRow } from "./traits.ts";

/** A profile as plain JSON: with the same definition, it restores to one that behaves the same for ever. */
export interface Snapshot {
  version: 1;
  /** Hash of the definition that it belongs to. */
  definition: string;
  /** The profile's clock, ms; null when it has none yet. */
  clock: number | null;
  needsReplay: boolean;
  traits: TraitRow[];
  /** [operator, state], for operators that have seen an event. */
  states: [number, unknown][];
}

/** A snapshot that cannot be used. The log is the truth: make a fresh profile and replay it. */
export class SnapshotError extends Error {
  readonly code: "snapshot_invalid" | "snapshot_of_another_definition";

  constructor(code: SnapshotError["code"]) {
    super(
      code === "snapshot_invalid"
        ? "this is no snapshot of a profile, or not a whole one: make a fresh profile and replay the log"
        : "this snapshot belongs to another definition: make a fresh profile and replay the log",
    );
    this.name = "SnapshotError";
    this.code = code;
  }
}

/** Throws a SnapshotError unless `value` is a snapshot under this definition with that many operators. */
export function assertSnapshot(
  value: unknown,
  definition: string,
  operators: number,
): asserts value is Snapshot {
  const snapshot = value as Partial<Snapshot> | null;
  const sound =
    typeof snapshot === "object" &&
    snapshot !== null &&
    snapshot.version === 1 &&
    typeof snapshot.definition === "string" &&
    (snapshot.clock === null || isTimestamp(snapshot.clock)) &&
    typeof snapshot.needsReplay === "boolean" &&
    Array.isArray(snapshot.traits) &&
    snapshot.traits.every((row) => Array.isArray(row) && row.length === 4 && typeof row[0] === "string") &&
    Array.isArray(snapshot.states) &&
    snapshot.states.every((row) => Array.isArray(row) && Number.isInteger(row[0]) && isObject(row[1]));
  if (!sound) throw new SnapshotError("snapshot_invalid");
  if (snapshot.definition !== definition) throw new SnapshotError("snapshot_of_another_definition");
  if (snapshot.states!.some(([at]) => at < 0 || at >= operators)) throw new SnapshotError("snapshot_invalid");
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
