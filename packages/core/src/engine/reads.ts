import type { Definition } from "../definition/definition.ts";
import { pathsIn } from "../definition/expression.ts";
import { MEASURE_FORMS, measureKind } from "../definition/measure.ts";
import { eventNames, filterOf, type Selector } from "../definition/selector.ts";
import { filterRoots, type Filter } from "../filter/filter.ts";
import type { Entry, Json } from "../log/entry.ts";
import { ANY_EVENT } from "./operator.ts";
import type { Computed } from "./plan.ts";
import type { DeviceProfile } from "./device-profile.ts";
import type { Program } from "./program.ts";

/** What a program looks at in a log: the least that has to travel to where it runs. */
export interface Reads {
  /** Top-level properties, by event name. */
  events: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether every event is read, whatever its name: for a session, that it happened. */
  everyEvent: boolean;
  /** Top-level traits. */
  traits: ReadonlySet<string>;
}

export function readsOf({ plan, definition }: Program<DeviceProfile>): Reads {
  const events = new Map<string, Set<string>>();
  const { operators, traits, nodes } = plan;
  for (const { selector, path } of operators.flatMap(({ computed }) => readBy(computed))) {
    const read = [...filterRoots(filterOf(selector)), ...(path === undefined ? [] : [path.split(".")[0]!])];
    for (const name of eventNames(selector))
      events.set(name, new Set([...(events.get(name) ?? []), ...read]));
  }
  return {
    events,
    everyEvent: operators.some(({ operator }) => operator.inputs.includes(ANY_EVENT)),
    traits: new Set([
      ...nodes.flatMap(({ planned, wanted }) => (planned === traits ? filterRoots(wanted as Filter) : [])),
      ...traitsShown(definition),
    ]),
  };
}

/** The traits that what is shown has in its texts. */
function traitsShown({ slots, experiments }: Definition): string[] {
  return pathsIn([slots, experiments]).flatMap((path) => {
    const [root, trait] = path.split(".");
    return root === "traits" ? [trait!] : [];
  });
}

/** Selectors, each with the path that is read of what it takes. */
function readBy(computed: Computed): { selector: Selector; path?: string | undefined }[] {
  if ("traits" in computed) return [];
  if ("sequence" in computed) {
    const { sequence, without } = computed;
    return [...sequence, ...(without === undefined ? [] : [without])].map((selector) => ({ selector }));
  }
  if ("trend" in computed) {
    const { trend } = computed;
    return ["count" in trend ? { selector: trend.count } : { selector: trend.of, path: trend.sum }];
  }
  const kind = measureKind(computed) as string;
  const form = MEASURE_FORMS[kind]!.selector;
  const measure = computed as unknown as Readonly<Record<string, Selector>>;
  return [
    { selector: measure[form]!, ...(kind !== form && { path: measure[kind] as string }) },
    ...(computed.after === undefined ? [] : [{ selector: computed.after }]),
  ];
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
