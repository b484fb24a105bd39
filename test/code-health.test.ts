import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "jsonc-parser";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What is written by hand, but for this file, which quotes what is looked for. */
const SOURCES = globSync("{*.mjs,*.ts,{examples,packages,test,tools,worker}/**/*.{ts,tsx,js,mjs}}", {
  cwd: ROOT,
  exclude: (path) => /(^|\/)(node_modules|dist|code-health\.test\.ts)(\/|$)/.test(path),
}).map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));

/** Places where something stands that is not to stand anywhere, as `path: line`. */
function placesOf(pattern: RegExp): string[] {
  return SOURCES.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map(([found]) => `${path}: ${found.trim()}`),
  ).sort();
}

test("nothing is handed on wholesale", () => {
  expect(placesOf(/^export \* from .*$/gm)).toEqual([
    // A worker around Murmur's has to export every Durable Object class of it, whichever there are.
    'examples/react-storefront/src/worker.tsx: export * from "@murmur/worker";',
  ]);
});

test("no line is taken out of the lint or the type check, but these", () => {
  expect(placesOf(/^.*(?:oxlint|eslint)-disable.*$|^.*@ts-(?:ignore|nocheck).*$/gm)).toEqual([
    // As Google's own snippet has it: gtag() pushes its arguments.
    "packages/browser/test/adapters/ga4-data-layer.test.ts: // oxlint-disable-next-line prefer-rest-params",
    "packages/browser/test/consent/consent-mode.test.ts: // oxlint-disable-next-line prefer-rest-params",
  ]);
});

test("the sizes of files, functions and classes are held everywhere, with one exception: functions of tests", () => {
  interface Rules {
    rules: Readonly<Record<string, unknown>>;
  }
  const config = parse(readFileSync(join(ROOT, ".oxlintrc.json"), "utf8")) as Rules & {
    overrides: (Rules & { files: string[] })[];
  };
  expect(config.rules).toMatchObject({
    "max-lines": ["error", { max: 300 }],
    "max-lines-per-function": ["error", { max: 60 }],
    "murmur/max-class-members": "error",
  });
  const about = (rules: Rules["rules"]): string[] =>
    Object.keys(rules).filter((rule) => rule.includes("max-"));
  const exceptions = config.overrides.filter(({ rules }) => about(rules).length > 0);
  expect(exceptions.map(({ files, rules }) => [files, about(rules)])).toEqual([
    [["**/test/**", "test/**"], ["max-lines-per-function"]],
  ]);
});
