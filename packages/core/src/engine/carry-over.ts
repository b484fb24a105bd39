import type { Program } from "./load-explained.ts";
import { openSnapshot, sealSnapshot, type Snapshot } from "./snapshot.ts";

/**
 * Names what each state of a snapshot was made by, in order: what its operator computes, and for whom. Kept beside a
 * snapshot whose log is gone, it lets `carryOver` tell under another definition which of its states are still good.
 */
export function stateNames({ planner }: Program, { states }: Snapshot): string[] {
  const names = planner.names();
  return states.map(([at]) => names[at]!);
}

/** A snapshot, and by what each of its states was made, in order. */
export interface NamedSnapshot {
  snapshot: Snapshot;
  names: readonly string[];
}

/** A snapshot with the states beside its own that another program's has of the same log at the same clock: for `carryOver`. */
export function withStatesOf(own: NamedSnapshot, other: NamedSnapshot): NamedSnapshot {
  const body = openSnapshot(own.snapshot, own.snapshot.definition);
  const isNew = (_item: unknown, at: number): boolean => !own.names.includes(other.names[at]!);
  const states = [...body.states, ...other.snapshot.states.filter(isNew)];
  return { snapshot: sealSnapshot({ ...body, states }), names: [...own.names, ...other.names.filter(isNew)] };
}

/**
 * A snapshot as one of another program: an operator that computes the same, as closely, goes on from its state; one that
 * is new begins with nothing at the snapshot's clock. Throws a SnapshotError when the snapshot is not whole.
 */
export function carryOver(
  { hash, planner }: Program,
  snapshot: Snapshot,
  names: readonly string[],
): Snapshot {
  const { states, ...body } = openSnapshot(snapshot, snapshot.definition);
  const places = new Map(planner.names().map((name, at) => [name, at]));
  const carried = states.flatMap(([, state], i): typeof states => {
    const at = places.get(names[i]!);
    return at === undefined ? [] : [[at, state]];
  });
  return sealSnapshot({ ...body, definition: hash, states: carried.sort((a, b) => a[0] - b[0]) });
}
