import { expect, test } from "vitest";
import { runCli } from "./kit/run-cli.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();

test("the same words in whatever order a condition is written, and lengths of time by name, too", async () => {
  const definition = {
    measures: { idle: { sinceLast: "X" } },
    segments: {
      s: {
        all: [
          { gte: 1, count: "X" },
          { gt: 5, within: "7d", of: "X", sum: "total" },
          { lt: "7d", measure: "idle" },
        ],
      },
    },
  };
  folder.write("turned.json", JSON.stringify(definition));
  folder.write("x.ndjson", '{ "profile": "ada", "name": "X", "timestamp": 1767225600000 }');
  const { out } = await runCli(
    "explain s --definition turned.json --log x.ndjson --as-of 2026-01-03T05:00:00Z".split(" "),
    { cwd: folder.path },
  );
  expect(out.split("\n").slice(2)).toEqual([
    "  ✓ count X is 1; wanted ≥ 1",
    "  ✗ sum total of X within 7d is 0; wanted > 5",
    "  ✓ measure idle is 2 d 5 h; wanted < 7d (until 2026-01-08)",
    "",
  ]);
});
