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

/** The hooks by the value that they demand at one path; where they demand none, by the undefined one. */
interface ByValue<Taker> {
  read: PathReader;
  hooks: Map<unknown, Hook<Taker>[]>;
}

/**
 * Who takes an event: by its name, then by the first equality that a filter demands, so that a thousand segments
 * over a thousand categories cost about as much as one.
 */
export class EventIndex<Taker> {
  readonly #names = new Map<string, Map<string | undefined, ByValue<Taker>>>();
  /** Names that are known on the device alone: no session is made of them, or the edge would see another. */
  readonly #secret: readonly string[];

  constructor(secret: readonly string[] = []) {
    this.#secret = secret;
  }

  add(selector: Selector, taker: Taker): void {
    const filter = filterOf(selector);
    const { path, value } = equalityOf(filter);
    const hook = { taker, test: compileFilter(filter) };
    for (const name of new Set(eventNames(selector))) {
      const byPath = getOrAdd(this.#names, name, () => new Map<string | undefined, ByValue<Taker>>());
      const { hooks } = getOrAdd(byPath, path, () => ({
        read: path === undefined ? () => undefined : pathReader(path),
        hooks: new Map<unknown, Hook<Taker>[]>(),
      }));
      getOrAdd(hooks, value, () => []).push(hook);
    }
  }

  /** Calls `visit` for everything that takes the event. */
  match({ name, properties = {} }: MurmurEvent, visit: (taker: Taker) => void): void {
    for (const each of this.#secret.includes(name) ? [name] : [ANY_EVENT, name]) {
      for (const { read, hooks } of this.#names.get(each)?.values() ?? []) {
        for (const { taker, test } of hooks.get(read(properties)) ?? []) if (test(properties)) visit(taker);
      }
    }
  }
}
