import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { runCli, type Ran } from "./kit/run-cli.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();
const HEADER = "profile,timestamp,event\n";

beforeAll(() => {
  folder.write("old.json", '{ "segments": { "buyer": { "count": "Order Completed", "gte": 1 } } }');
  folder.write("sample.csv", `${HEADER}ada,2026-01-01,Order Completed\n`);
});

const run = (args: string[]): Promise<Ran> => runCli(args, { cwd: folder.path });

test("what cannot be written is said before the run, and nothing is left behind", async () => {
  for (const flag of ["--report", "--figures", "--members"])
    for (const [target, why] of [
      ["nowhere/x", "nowhere: no such file or directory"],
      [".", "is a folder: name a file in it"],
    ] as const) {
      const { code, out, err } = await run(["backtest", "old.json", "sample.csv", flag, target]);
      expect(err).toContain(why);
      expect(out).toBe("");
      expect(code).toBe(2);
    }
  expect(await run(["export-schema", "nowhere/x.json"])).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^murmur: .*nowhere\/x\.json: no such file or directory\n$/),
  });
});

test("nothing is written over what is read", async () => {
  const before = readFileSync(folder.write("own.csv", `${HEADER}ada,2026-01-01,Order Completed\n`), "utf8");
  symlinkSync(join(folder.path, "own.csv"), join(folder.path, "link.csv"));
  folder.write(
    "own.json",
    '{ "segments": { "a": { "count": "X", "gte": 1 } }, "journeys": { "j": { "enter": { "segment": "a" }, "steps": [{ "event": "Y" }] } } }',
  );
  for (const [command, flag, target] of [
    ["backtest", "--report", "own.csv"],
    ["backtest", "--figures", "own.json"],
    ["backtest", "--members", "link.csv"],
    ["dry-run", "--effects", "own.csv"],
  ] as const)
    expect(await run([command, "own.json", "own.csv", flag, target])).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("is read: what is written needs another name"),
    });
  expect(readFileSync(join(folder.path, "own.csv"), "utf8")).toBe(before);
});

test("bad rows are named where they are why there is little to go on", async () => {
  folder.write("one-bad.csv", `${HEADER}ada,2026-01-01,Order Completed\nada,1/2/2026,Order Completed\n`);
  const args = ["explain", "buyer", "--definition", "old.json", "--log"];
  const { code, out } = await run([...args, "one-bad.csv"]);
  expect(out).toContain("by 1 entry\n");
  expect(out).toContain('1 bad row:\n    one-bad.csv:3 timestamp "1/2/2026" is no instant');
  expect(code).toBe(3);
  folder.write("all-bad.csv", `${HEADER}ada,1/2/2026,Order Completed\n`);
  for (const all of [
    [...args, "all-bad.csv"],
    ["fit", "rfm", "all-bad.csv"],
  ])
    expect((await run(all)).err).toContain('(1 bad row; the first: all-bad.csv:2 timestamp "1/2/2026" is no');
});

test("explain counts what was there by then, and what comes twice once", async () => {
  const event = '{ "profile": "ada", "id": "1", "name": "X", "timestamp": "2026-01-01" }\n';
  folder.write("twice.ndjson", `${event}${event}${event.replaceAll("1", "2")}`);
  const args = ["explain", "buyer", "--definition", "old.json", "--log", "twice.ndjson"];
  const { out } = await run([...args, "--as-of", "2026-01-02"]);
  expect(out).toContain("by 1 entry\n");
});

test("an end before the last entry is told with what it leaves out", async () => {
  folder.write("days.csv", `${HEADER}ada,2026-01-01,X\nada,2026-01-03,X\n`);
  const { out } = await run(["backtest", "old.json", "days.csv", "--no-report", "--as-of", "2026-01-02"]);
  expect(out).toContain("  1 entry left out: later than 2026-01-02\n1 person from 2026-01-01 to 2026-01-02,");
});

test("a file without a row is no fault, of no command", async () => {
  folder.write("empty.csv", "user_id,timestamp,event\n");
  folder.write(
    "sends.json",
    '{ "segments": { "a": { "count": "X", "gte": 1 } }, "journeys": { "j": { "enter": { "segment": "a" }, "steps": [{ "event": "Y" }] } } }',
  );
  for (const args of [
    ["backtest", "old.json", "empty.csv", "--report", "empty.html"],
    ["diff", "old.json", "sends.json", "empty.csv"],
    ["dry-run", "sends.json", "empty.csv"],
    ["fit", "thresholds", "old.json", "empty.csv"],
  ])
    expect(await run(args)).toMatchObject({ code: 0, out: expect.stringContaining("nobody did anything") });
  expect(readFileSync(join(folder.path, "empty.html"), "utf8")).toContain("nothing happened");
});

test("a folder is no file, and what can be read only once is piped in", async () => {
  for (const [file, why] of [
    [".", "let the shell do it"],
    ["/dev/null", "/dev/null is no file: pipe it in, and name it -"],
  ] as const)
    expect((await run(["backtest", "old.json", file, "--no-report"])).err).toContain(why);
});
