import { figure, type Figures } from "./figures.ts";
import { engineLife } from "./mixed/engine-life.ts";
import { measureKind, MEASURES } from "./mixed/measure-kinds.ts";
import { KINDS, programOf } from "./mixed/mixed-definition.ts";
import { NARROWINGS } from "./mixed/narrowings.ts";
import { PACES, shopping } from "./mixed/paces.ts";
import { oneMoreEvent } from "./one-more-event.ts";

const HISTORIES = [100, 10_000];
const MEASURED = { lives: 4, steps: 50 };
const ROUNDS = 7;

/** What each operator of the mixed definition costs alone, and whether that grows with the history. */
export async function operatorCost(): Promise<Figures> {
  const narrowings = Object.keys(NARROWINGS);
  const inGrid = new Set(MEASURES.flatMap((measure) => narrowings.map((name) => measureKind(measure, name))));
  const rows: string[][] = [];
  const rest = narrowings.slice(1).map(() => "");
  for (const pace of Object.keys(PACES)) {
    rows.push(["(no segment)", pace, await cost([], pace), ...rest]);
    for (const measure of MEASURES) {
      const cells: string[] = [];
      for (const narrowing of narrowings) cells.push(await cost([measureKind(measure, narrowing)], pace));
      rows.push([measure, pace, ...cells]);
    }
    for (const kind of Object.keys(KINDS)) {
      if (!inGrid.has(kind)) rows.push([kind, pace, await cost([kind], pace), ...rest]);
    }
  }
  return {
    title: "One more event, three segments of one operator alone",
    columns: ["operator", "history over", ...narrowings],
    rows,
    notes: [`µs after 10,000 events, and in brackets how many times as much that is as after 100`],
  };
}

async function cost(kind: readonly string[], pace: string): Promise<string> {
  const contender = engineLife(programOf(kind), MEASURED);
  const costs = await oneMoreEvent([contender], shopping(PACES[pace]!), HISTORIES, ROUNDS);
  const [short, long] = costs.get(contender.name) as [number, number];
  return `${figure(long)} (${(long / short).toFixed(1)}×)`;
}
