import { backtest, type BacktestResult } from "../../src/index.ts";
import type { Member } from "../../src/run/member.ts";
import { duckRetail, type DuckRetail } from "./duck-retail.ts";
import { usualDefinition } from "./usual-definition.ts";

/** What was compared, and every row that differs. */
export interface Compared {
  result: BacktestResult;
  duck: DuckRetail;
  customers: number;
  days: number;
  differences: string[];
}

const DIMENSIONS = ["recency", "frequency", "monetary"] as const;

/** Holds the backtest of a file in the form of Online Retail against SQL: each customer, each square, each day. */
export async function compareRetail(file: string, asOf: number): Promise<Compared> {
  const differences: string[] = [];
  const mine = new Map<string, string>();
  const watcher = { end: (member: Member) => void mine.set(member.id, rowOf(member)) };
  const stdin = process.stdin;
  const definition = usualDefinition;
  const result = await backtest({
    definition,
    files: [file],
    order: "auto",
    asOf,
    stdin,
    watchers: [watcher],
    noCosts: true,
  });
  const duck = await duckRetail(file, asOf);
  const check = (what: string, own: unknown, sql: unknown): void => {
    if (own !== sql) differences.push(`${what}: ${String(own)} here, ${String(sql)} by SQL`);
  };
  check("customers", mine.size, duck.customers.length);
  for (const { customer, recency, frequency, monetary, stage, r, f, m } of duck.customers)
    check(
      customer,
      mine.get(customer),
      [recency ?? "", frequency, monetary, stage, r ?? "", f ?? "", m ?? ""].join(),
    );
  for (const recency of [1, 2, 3, 4, 5]) {
    for (const frequency of [1, 2, 3, 4, 5]) {
      const sql = duck.customers.filter(({ r, f }) => r === recency && f === frequency);
      const own = result.rfm!.squares.find(
        (square) => square.recency === recency && square.frequency === frequency,
      );
      check(`people of R${recency} F${frequency}`, own?.people ?? 0, sql.length);
      const money = sql.reduce((sum, { monetary }) => sum + monetary, 0);
      check(`money of R${recency} F${frequency}`, (own?.monetary ?? 0).toFixed(3), money.toFixed(3));
    }
  }
  check("days", result.time.starts.length, duck.days.length);
  duck.days.forEach((day, at) => {
    check(`day ${at}`, result.time.starts[at], day["day"]);
    check(`people on day ${at}`, result.time.people[at], day["people"]);
    for (const { id, sizes } of result.segments) {
      if (id.startsWith("lifecycle-"))
        check(`${id} on day ${at}`, sizes[at], day[id.slice("lifecycle-".length)]);
    }
  });
  return { result, duck, customers: duck.customers.length, days: duck.days.length, differences };
}

/** A customer as a row: measures, stage, scores; nothing where there is none. */
function rowOf({ profile }: Member): string {
  const segments = profile.segments();
  const after = (prefix: string): string =>
    segments.find((id) => id.startsWith(prefix))?.slice(prefix.length) ?? "";
  return [
    profile.measure("rfm-recency") ?? "",
    profile.measure("rfm-frequency"),
    profile.measure("rfm-monetary"),
    after("lifecycle-"),
    ...DIMENSIONS.map((dimension) => after(`rfm-${dimension}-`)),
  ].join();
}
