import type { Program } from "@murmur/core";
import { figure, type Figures } from "./figures.ts";
import { engineLife } from "./mixed/engine-life.ts";
import { KINDS, programOf } from "./mixed/mixed-definition.ts";
import { PACES, shopping } from "./mixed/paces.ts";
import { oneMoreEvent } from "./one-more-event.ts";

const HISTORIES = [100, 1_000, 10_000];
const MEASURED = { lives: 4, steps: 50 };
const ROUNDS = 7;
const SEGMENTS = 200;
/** Shoppers that are watched to see whether everything changes. */
const WATCHED = 4;

/** What one more event costs where a definition asks everything that can be asked. */
export async function mixedCost(): Promise<Figures> {
  const program = programOf(Object.keys(KINDS));
  const rows: string[][] = [];
  for (const [name, pace] of Object.entries(PACES)) {
    const contender = engineLife(program, MEASURED);
    const costs = (await oneMoreEvent([contender], shopping(pace), HISTORIES, ROUNDS)).get(contender.name)!;
    rows.push([name, ...costs.map(figure), `${figure(costs.at(-1)! / costs[0]!)}×`]);
  }
  const changes = changesAnEvent(program);
  return {
    title: `One more event, ${SEGMENTS} segments with every operator of the language`,
    columns: ["history over", ...HISTORIES.map((history) => `${figure(history)}, µs`), "10,000 ÷ 100"],
    rows,
    notes: [
      `every measure under every narrowing, every condition, three segments of most; ${figure(changes)} memberships change an event`,
      "28 days: more and more in the same four weeks; 50 a day: the same weeks, and more and more of them",
      "10,000 ÷ 100 is to be 1.5 or less; `operator-cost` has each operator alone",
    ],
  };
}

/** Memberships that change at an event; a kind that never changes would be no exercise. */
function changesAnEvent(program: Program): number {
  const still = new Set(Object.entries(KINDS).flatMap(([kind, all]) => all.map((_, at) => `${kind} ${at}`)));
  if (still.size !== SEGMENTS) throw new Error(`${still.size} segments, not ${SEGMENTS}`);
  const history = HISTORIES.at(-1)!;
  let changes = 0;
  for (let shopper = 0; shopper < WATCHED; shopper++) {
    const life = engineLife(program, MEASURED).begin();
    const entries = shopping(PACES["28 days"]!)(shopper, history);
    // What is true of nobody-yet is entered with the first entry, and is no change.
    life.record(entries.next().value);
    for (let at = 1; at < history; at++) {
      const transitions = life.record(entries.next().value) as ReturnType<
        ReturnType<Program["profile"]>["record"]
      >;
      changes += transitions.length;
      for (const { segment } of transitions) still.delete(segment);
    }
  }
  if (still.size > 0) throw new Error(`never changed: ${[...still].join("; ")}`);
  return changes / (WATCHED * (history - 1));
}
