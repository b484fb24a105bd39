import { pathsIn } from "../definition/expression.ts";
import type { TestPlan } from "../filter/test-plan.ts";
import type { Entry, Json } from "../log/entry.ts";
import { ANY_EVENT } from "./operator.ts";
import type { InputPlan, OperatorPlan, Plan, SelectorPlan } from "./plan.ts";

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
export function readsOf({ plan: { operators, nodes, slots } }: { plan: Plan }): Reads {
  const events = new Map<string, Set<string>>();
  for (const { names, paths } of operators.flatMap(readBy)) {
    for (const name of names) events.set(name, new Set([...(events.get(name) ?? []), ...paths.map(rootOf)]));
  }
  return {
    events: new Map([...events].filter(([name]) => name !== ANY_EVENT)),
    everyEvent: events.has(ANY_EVENT),
    traits: new Set([
      ...nodes.flatMap((node) =>
        "test" in node && node.operator === 0 ? pathsOf(node.test).map(rootOf) : [],
      ),
      // What texts say of them.
      ...pathsIn(slots).flatMap((path) => (path.startsWith("traits.") ? rootOf(path.slice(7)) : [])),
    ]),
  };
}

/** Names of events, and the paths at which they are read. */
function readBy(operator: OperatorPlan): { names: readonly string[]; paths: string[] }[] {
  if ("steps" in operator) {
    const { steps, without } = operator;
    return [...steps, ...(without ? [without] : [])].map(readByInput);
  }
  return operator.inputs.map((input) => {
    const { names, paths } = readByInput(input);
    // What is computed is read of the selected events alone.
    const own = "path" in operator && !input.input ? [operator.path!] : [];
    return { names, paths: [...paths, ...own] };
  });
}

function readByInput({ names, test, path }: SelectorPlan & Pick<InputPlan, "path">): {
  names: readonly string[];
  paths: string[];
} {
  return { names, paths: [...(test ? pathsOf(test) : []), ...(path === undefined ? [] : [path])] };
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

function pick(source: Readonly<Record<string, Json>>, keys: ReadonlySet<string>): Record<string, Json> {
  return Object.fromEntries(Object.entries(source).filter(([key]) => keys.has(key)));
}
