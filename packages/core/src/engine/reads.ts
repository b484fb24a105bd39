import { pathsIn } from "../definition/expression.ts";
import type { TestPlan } from "../filter/test-plan.ts";
import type { Entry, Json } from "../log/entry.ts";
import { ANY_EVENT, SELECTED } from "./operator.ts";
import type { TraitState } from "./operators/traits.ts";
import type { Plan } from "./plan.ts";
import { openSnapshot, sealSnapshot, type Snapshot } from "./snapshot.ts";

/** What a program looks at in a log: the least that has to travel to where it runs. */
export interface Reads {
  /** Top-level properties, by event name. */
  events: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether every event is read, whatever its name: for a session, that it happened. */
  everyEvent: boolean;
  /** Top-level traits. */
  traits: ReadonlySet<string>;
}

/** What a program reads, or a manifest's will. */
export function readsOf({ plan: { operators, events, nodes, slots } }: { plan: Plan }): Reads {
  const roots = new Map<string, Set<string>>();
  for (const [name, paths] of [...readByHooks(operators, events), ...readBySteps(operators)])
    roots.set(name, new Set([...(roots.get(name) ?? []), ...paths.map(rootOf)]));
  const everyEvent = roots.delete(ANY_EVENT);
  const traits = nodes.flatMap((node) =>
    "test" in node && node.operator === 0 ? pathsOf(node.test).map(rootOf) : [],
  );
  // What texts say of them.
  const said = pathsIn(slots).flatMap((path) => (path.startsWith("traits.") ? rootOf(path.slice(7)) : []));
  return { events: roots, everyEvent, traits: new Set([...traits, ...said]) };
}

type Read = [name: string, paths: string[]];

/** What is demanded and tested of an event before an operator takes it, and what that reads of a selected one. */
function readByHooks(operators: Plan["operators"], events: Plan["events"]): Read[] {
  return events.flatMap(([name, paths]) =>
    paths.flatMap(([path, values]) =>
      values.flatMap(([, hooks]) =>
        hooks.map(([at, input, test]): Read => {
          const operator = operators[at]!;
          const own = input === SELECTED && "path" in operator ? [operator.path!] : [];
          return [name, [...(path === null ? [] : [path]), ...(test ? pathsOf(test) : []), ...own]];
        }),
      ),
    ),
  );
}

function readBySteps(operators: Plan["operators"]): Read[] {
  return operators.flatMap((operator) => {
    if (operator.kind !== "sequence") return [];
    const { steps, without } = operator;
    return [...steps, ...(without ? [without] : [])].flatMap(([names, test]) =>
      names.map((name): Read => [name, test ? pathsOf(test) : []]),
    );
  });
}

/** The paths at which a test looks into a value. */
function pathsOf(test: TestPlan): string[] {
  switch (test[0]) {
    case "at":
      return [test[1]];
    case "all":
    case "any":
      return test[1].flatMap(pathsOf);
    case "not":
    case "some":
      return pathsOf(test[1]);
    default:
      return [];
  }
}

function rootOf(path: string): string {
  return path.split(".")[0]!;
}

/** The entry with only what is read of it; nothing when it is not read at all. */
export function cutEntry(entry: Entry, reads: Reads): Entry | undefined {
  if (entry.type === "identify") {
    const traits = pick(entry.traits, reads.traits);
    return Object.keys(traits).length > 0 ? { ...entry, traits } : undefined;
  }
  const roots = reads.events.get(entry.name) ?? (reads.everyEvent ? new Set<string>() : undefined);
  return roots && { ...entry, properties: pick(entry.properties ?? {}, roots) };
}

/** A profile's snapshot with no more of its traits than are read: what else it holds is of what is computed alone. */
export function cutSnapshot(snapshot: Snapshot, reads: Reads): Snapshot {
  const { states, ...body } = openSnapshot(snapshot, snapshot.definition);
  // The first operator is of traits.
  const cut = states.map(([at, state]): (typeof states)[number] =>
    at === 0 ? [at, (state as TraitState).filter(([key]) => reads.traits.has(key))] : [at, state],
  );
  return sealSnapshot({ ...body, states: cut });
}

function pick(source: Readonly<Record<string, Json>>, keys: ReadonlySet<string>): Record<string, Json> {
  return Object.fromEntries(Object.entries(source).filter(([key]) => keys.has(key)));
}
