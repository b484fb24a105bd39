import { eventNames, filterOf, type Selector } from "../definition/selector.ts";
import type { Test } from "../filter/filter-operators.ts";
import { compileFilter, equalityOf } from "../filter/filter.ts";
import { pathReader, type PathReader } from "../filter/path.ts";
import type { MurmurEvent } from "../log/entry.ts";
import { getOrAdd } from "./get-or-add.ts";
import { ANY_EVENT } from "./operator.ts";

/** What takes an event, and what is to be tested before it does. */
interface Hook<Taker> {
  taker: Taker;
  test: Test;
}

/** The hooks by the value that they demand at a path; where they demand none, by the undefined one. */
interface ByValue<Taker> {
  path: string | undefined;
  read: PathReader;
  hooks: Map<unknown, Hook<Taker>[]>;
}

/**
 * Who takes an event: by its name, then by the first equality that a filter demands, so that a thousand segments
 * over a thousand categories cost about as much as one.
 */
export class EventIndex<Taker> {
  readonly #names = new Map<string, ByValue<Taker>[]>();
  /** Names that are known on the device alone: no session is made of them, or the edge would see another. */
  readonly #secret: readonly string[];

  constructor(secret: readonly string[] = []) {
    this.#secret = secret;
  }

  add(selector: Selector, taker: Taker): void {
    const { path, value, rest } = equalityOf(filterOf(selector));
    const hook = { taker, test: compileFilter(rest) };
    for (const name of new Set(eventNames(selector))) {
      const byValues = getOrAdd(this.#names, name, () => []);
      let byValue = byValues.find((each) => each.path === path);
      if (!byValue) {
        const read = path === undefined ? () => undefined : pathReader(path);
        byValues.push((byValue = { path, read, hooks: new Map() }));
      }
      getOrAdd(byValue.hooks, value, () => []).push(hook);
    }
  }

  /** Calls `visit` for everything that takes the event. */
  match(event: MurmurEvent, visit: (event: MurmurEvent, taker: Taker) => void): void {
    if (!this.#secret.includes(event.name)) visitAll(this.#names.get(ANY_EVENT), event, visit);
    visitAll(this.#names.get(event.name), event, visit);
  }
}

function visitAll<Taker>(
  byValues: readonly ByValue<Taker>[] = [],
  event: MurmurEvent,
  visit: (event: MurmurEvent, taker: Taker) => void,
): void {
  const { properties = {} } = event;
  for (const { read, hooks } of byValues) {
    const found = hooks.get(read(properties));
    if (found) for (const { taker, test } of found) if (test(properties)) visit(event, taker);
  }
}
