import { isTimestamp } from "../log/entry-problem.ts";
import type { PlannedOperator } from "./plan.ts";
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

/** Throws a SnapshotError unless `value` is a snapshot under this definition with these operators. */
export function assertSnapshot(
  value: unknown,
  definition: string,
  operators: readonly PlannedOperator[],
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
    snapshot.traits.every(isTraitRow) &&
    Array.isArray(snapshot.states) &&
    snapshot.states.every(Array.isArray) &&
    (snapshot.clock !== null || snapshot.traits.length + snapshot.states.length === 0);
  if (!sound) throw new SnapshotError("snapshot_invalid");
  if (snapshot.definition !== definition) throw new SnapshotError("snapshot_of_another_definition");
  const isSound = ([at, state]: [unknown, unknown]): boolean =>
    Number.isInteger(at) && isState(state, operators[at as number]?.operator.init());
  if (!snapshot.states!.every(isSound)) throw new SnapshotError("snapshot_invalid");
}

function isTraitRow(row: unknown): boolean {
  return (
    Array.isArray(row) &&
    row.length === 4 &&
    typeof row[0] === "string" &&
    isTimestamp(row[1]) &&
    typeof row[2] === "string"
  );
}

/** Whether every part of a state is of the kind that an operator starts with; a part that comes later is a list. */
function isState(state: unknown, blank: unknown): boolean {
  if (kind(state) !== "object" || kind(blank) !== "object") return false;
  const [parts, first] = [state as Record<string, unknown>, blank as Record<string, unknown>];
  return (
    Object.keys(first).every((key) => Object.hasOwn(parts, key) && kind(parts[key]) === kind(first[key])) &&
    Object.keys(parts).every((key) => Object.hasOwn(first, key) || Array.isArray(parts[key]))
  );
}

function kind(value: unknown): "list" | "object" | "scalar" {
  if (Array.isArray(value)) return "list";
  return typeof value === "object" && value !== null ? "object" : "scalar";
}
