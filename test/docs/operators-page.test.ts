import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PROBLEMS } from "../../worker/src/wire/problem.ts";
import { ROOT } from "./pages.ts";

const page = readFileSync(join(ROOT, "docs/operating.md"), "utf8");

/** The names that stand as code in the first cell of a row of the page's tables. */
function namesInTables(): Set<string> {
  const cells = page.split("\n").flatMap((line) => /^\| ([^|]*)\|/.exec(line)?.[1] ?? []);
  return new Set(cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name!)));
}

test("every problem that the worker answers stands in the operator's table", () => {
  const named = namesInTables();
  expect(Object.keys(PROBLEMS).filter((code) => !named.has(code))).toEqual([]);
});

test("every setting of the worker stands in the operator's table; what wrangler.toml binds needs none", () => {
  const source = readFileSync(join(ROOT, "worker/src/env.ts"), "utf8");
  const settings = [...source.matchAll(/^  ([A-Z_]+)\??: (.*);$/gm)]
    .filter(([, , type]) => !/^(?:DurableObjectNamespace|Queue<.*>|AnalyticsEngineDataset)$/.test(type!))
    .map(([, name]) => name!);
  expect(settings.length).toBeGreaterThan(30);
  const named = namesInTables();
  expect(settings.filter((name) => !named.has(name))).toEqual([]);
});

test("every event that the worker logs stands in the operator's table", () => {
  const source = readFileSync(join(ROOT, "worker/src/ops/log.ts"), "utf8");
  const levels = /const LEVELS[^{]*\{([^}]*)\}/.exec(source)?.[1] ?? "";
  const events = [...levels.matchAll(/(\w+): "/g)].map(([, name]) => name!);
  expect(events.length).toBeGreaterThan(10);
  const named = namesInTables();
  expect(events.filter((event) => !named.has(event))).toEqual([]);
});
