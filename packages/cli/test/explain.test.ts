import { expect, test } from "vitest";
import { runCli, type Ran } from "./kit/run-cli.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();

const explain = (args: string[]): Promise<Ran> => runCli(["explain", ...args], { cwd: folder.path });

test("a segment behind the files is none of them", async () => {
  folder.write("own.json", JSON.stringify({ segments: { buyer: { count: "Order Completed", gte: 1 } } }));
  const event = { profile: "ada", name: "Order Completed", timestamp: "2026-01-02T00:00:00Z" };
  for (const name of ["one", "more"]) folder.write(`${name}.ndjson`, JSON.stringify({ ...event, id: name }));
  const before = ["--definition", "own.json", "--log", "one.ndjson"];
  expect((await explain([...before, "buyer"])).out).toMatch(/^ada is in buyer at .* by 1 entry\n/);
  expect((await explain([...before, "more.ndjson", "buyer"])).out).toMatch(/ by 2 entries\n/);
  const front = ["buyer", ...before, "more.ndjson"];
  expect((await explain(front)).out).toMatch(/ by 2 entries\n/);
  expect((await explain([...before, "more.ndjson"])).err).toContain(
    "there is no segment more.ndjson; there are buyer",
  );
  expect(await explain(before)).toMatchObject({
    code: 2,
    err: expect.stringContaining("name the segment: "),
  });
});
