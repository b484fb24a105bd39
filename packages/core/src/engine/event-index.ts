import { eventNames, filterOf, type Selector } from "../definition/selector.ts";
import { compileFilter, equalityOf } from "../filter/filter.ts";
import { pathReader, type PathReader } from "../filter/path.ts";
import type { Test } from "../filter/filter-operators.ts";
import type { MurmurEvent, Scalar } from "../log/entry.ts";
import { ANY_EVENT } from "./operator.ts";

/** One input of one operator, and what is left to test before it takes an event. */
interface Hook {
  operator: number;
  input: number;
  test: Test | undefined;
}

interface ByValue {
  path: string;
  read: PathReader;
  hooks: Map<unknown, Hook[]>;
}

interface ByName {
  always: Hook[];
  keyed: ByValue[];
}

/**
 * Who takes an event: by its name, then by the first equality that a filter demands, so that a thousand segments
 * over a thousand categories cost about as much as one.
 */
export class EventIndex {
  readonly #any: Hook[] = [];
  /** Names that are known on the device alone: no session is made of them, or the edge would see another. */
  readonly #secret: ReadonlySet<string>;
  readonly #names = new Map<string, ByName>();

  constructor(secret: readonly string[] = []) {
    this.#secret = new Set(secret);
  }

  add(selector: Selector | typeof ANY_EVENT, operator: number, input: number): void {
    if (selector === ANY_EVENT) {
      this.#any.push({ operator, input, test: undefined });
      return;
    }
    const filter = filterOf(selector);
    const equality = filter && equalityOf(filter);
    const rest = equality ? equality.rest : filter;
    const test = rest && Object.keys(rest).length > 0 ? compileFilter(rest) : undefined;
    for (const name of new Set(eventNames(selector))) {
      this.#hooks(name, equality).push({ operator, input, test });
    }
  }

  /** Calls `visit` for every input that takes the event. */
  match(event: MurmurEvent, visit: (operator: number, input: number) => void): void {
    const properties = event.properties ?? {};
    if (!this.#secret.has(event.name)) visitHooks(this.#any, properties, visit);
    const found = this.#names.get(event.name);
    if (!found) return;
    visitHooks(found.always, properties, visit);
    for (const { read, hooks } of found.keyed) {
      const hit = hooks.get(read(properties));
      if (hit) visitHooks(hit, properties, visit);
    }
  }

  #hooks(name: string, equality: { path: string; value: Scalar } | undefined): Hook[] {
    const byName = getOrAdd(this.#names, name, () => ({ always: [], keyed: [] }));
    if (!equality) return byName.always;
    let byValue = byName.keyed.find(({ path }) => path === equality.path);
    if (!byValue) {
      byValue = { path: equality.path, read: pathReader(equality.path), hooks: new Map() };
      byName.keyed.push(byValue);
    }
    return getOrAdd(byValue.hooks, equality.value, () => []);
  }
}

function visitHooks(
  hooks: Hook[],
  properties: object,
  visit: (operator: number, input: number) => void,
): void {
  for (const { operator, input, test } of hooks) {
    if (!test || test(properties)) visit(operator, input);
  }
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
