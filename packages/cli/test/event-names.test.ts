import { expect, test } from "vitest";
import { runCli } from "./kit/run-cli.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();

/** What a backtest says beside its answer, of files in which these events happened. */
async function saidOf(read: readonly string[], happened: readonly string[]): Promise<string> {
  const segments = Object.fromEntries(read.map((name) => [name, { count: name, gte: 1 }]));
  folder.write("own.json", JSON.stringify({ segments }));
  const rows = happened.map((name) => `ada,2026-01-01,${name}`);
  folder.write("own.csv", ["user_id,timestamp,event", ...rows].join("\n"));
  const { code, err } = await runCli(["backtest", "own.json", "own.csv", "--no-report"], {
    cwd: folder.path,
  });
  expect(code).toBe(0);
  return err;
}

test("a backtest says so when no event is called as in the definition", async () => {
  expect(await saidOf(["Order Completed"], ["purchase", "view"])).toBe(
    "no event is called as in the definition (Order Completed): the files have purchase, view\n",
  );
});

test("a backtest says so when an event is called the same in other letters", async () => {
  expect(await saidOf(["Product Viewed", "Order Completed"], ["Product Viewed", "order_completed"])).toBe(
    "no event is called Order Completed: the files have order_completed\n",
  );
});

test("a backtest says nothing of an event that simply did not happen, or that is read in other letters as well", async () => {
  expect(await saidOf(["Product Viewed", "Order Completed"], ["Product Viewed"])).toBe("");
  expect(await saidOf(["Order Completed", "order_completed"], ["order_completed"])).toBe("");
});

test("fit rfm says so when no order has a number for its value", async () => {
  folder.write("text.csv", "user_id,timestamp,event,total\nada,2026-01-01,Order Completed,€ 12\n");
  const said = await runCli(["fit", "rfm", "text.csv"], { cwd: folder.path });
  expect(said.code).toBe(0);
  expect(said.err).toContain("no Order Completed has a number at total, so that money is 0 for all");
  const whole = await runCli(["fit", "rfm", "text.csv", "--json"], { cwd: folder.path });
  expect(JSON.parse(whole.out)).toMatchObject({ buyers: 1 });
  folder.write("number.csv", "user_id,timestamp,event,total\nada,2026-01-01,Order Completed,12\n");
  expect((await runCli(["fit", "rfm", "number.csv"], { cwd: folder.path })).err).toBe("");
});
