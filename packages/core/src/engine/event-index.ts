import { pathReader, type PathReader } from "../filter/path.ts";
import { testOf, type Test } from "../filter/test-of.ts";
import type { MurmurEvent } from "../log/entry.ts";
import { getOrAdd } from "./get-or-add.ts";
import type { GraphOperator } from "./graph.ts";
import { ANY_EVENT } from "./operator.ts";
import type { InputPlan } from "./plan.ts";

/** An input of an operator. */
export interface Taker {
  planned: GraphOperator;
  input: number;
}

/** What takes an event, what is to be tested before it does, and who else demands the same. */
interface Hook extends Taker {
  test: Test | undefined;
  next: Hook | undefined;
}

/** The hooks by the value that they demand at a path. */
interface ByValue {
  read: PathReader;
  hooks: Map<unknown, Hook>;
}

/** By path; where no value is demanded, by the undefined one. */
type ByPath = Map<string | undefined, ByValue>;

/**
 * Who takes an event: by its name, then by the first equality that a filter demands, so that a thousand segments
 * over a thousand categories cost about as much as one.
 */
export class EventIndex {
  readonly #names = new Map<string, ByPath>();
  /** Names that are known on the device alone: no session is made of them, or the edge would see another. */
  readonly #secret: readonly string[];

  constructor(secret: readonly string[] = []) {
    this.#secret = secret;
  }

  add({ names, test, input = 0, path, value }: InputPlan, planned: GraphOperator): void {
    for (const name of names) {
      const byPath = getOrAdd(this.#names, name, (): ByPath => new Map());
      const { hooks } = getOrAdd(byPath, path, (): ByValue => ({
        read: path === undefined ? () => undefined : pathReader(path),
        hooks: new Map(),
      }));
      hooks.set(value, { planned, input, test: test && testOf(test), next: hooks.get(value) });
    }
  }

  /** Calls `visit` for everything that takes the event. */
  match(event: MurmurEvent, visit: (event: MurmurEvent, taker: Taker) => void): void {
    const any = this.#names.get(ANY_EVENT);
    if (any && !this.#secret.includes(event.name)) visitAll(any, event, visit);
    visitAll(this.#names.get(event.name), event, visit);
  }
}

function visitAll(
  byPath: ByPath = new Map(),
  event: MurmurEvent,
  visit: (event: MurmurEvent, taker: Taker) => void,
): void {
  const { properties = {} } = event;
  for (const { read, hooks } of byPath.values()) {
    for (let hook = hooks.get(read(properties)); hook; hook = hook.next)
      if (!hook.test || hook.test(properties)) visit(event, hook);
  }
}
