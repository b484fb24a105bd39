import { fnv1a } from "../definition/hash.ts";

/**
 * The sum starts from it: another one, whenever some operator's state is, makes what was kept before invalid. It takes another
 * PLAN_VERSION, too, so that devices ask for their checkpoint anew.
 */
const VERSION = 2;

export interface SnapshotBody {
  /** Hash of the definition that it belongs to. */
  definition: string;
  /** The profile's clock, ms; null when it has none yet. */
  clock: number | null;
  needsReplay: boolean;
  /** [operator, state], for operators that have seen an entry. */
  states: [number, unknown][];
}

/** A profile as plain JSON: with the same definition, it restores to one that behaves the same for ever. */
export interface Snapshot extends SnapshotBody {
  /** FNV-1a of the rest, by which a snapshot that was cut or changed is known. */
  sum: string;
}

/** A snapshot that cannot be used. The log is the truth: make a fresh profile and replay it. */
export class SnapshotError extends Error {
  override readonly name = "SnapshotError";
  readonly code: "snapshot_invalid" | "snapshot_of_another_definition";

  constructor(code: SnapshotError["code"]) {
    super(`${code}: replay the log`);
    this.code = code;
  }
}

/** A snapshot of its own: it does not change with what it was taken from. */
export function sealSnapshot(body: SnapshotBody): Snapshot {
  // A clock that is not there yet, -Infinity, is null in JSON.
  const text = JSON.stringify(body);
  return { ...(JSON.parse(text) as SnapshotBody), sum: fnv1a(text, VERSION) };
}

/** A copy of what a snapshot holds; throws a SnapshotError unless it is a whole one under this definition. */
export function openSnapshot(value: unknown, definition: string): SnapshotBody {
  let text = "";
  const { sum, ...body } = (value ?? {}) as Partial<Snapshot>;
  try {
    text = JSON.stringify(body);
  } catch {
    // No JSON: nothing that we have made.
  }
  if (sum !== fnv1a(text, VERSION)) throw new SnapshotError("snapshot_invalid");
  if (body.definition !== definition) throw new SnapshotError("snapshot_of_another_definition");
  return JSON.parse(text) as SnapshotBody;
}
