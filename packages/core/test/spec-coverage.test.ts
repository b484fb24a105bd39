import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { testTitles } from "./kit/test-titles.ts";

const ID = /^[A-Z]\d+$/;
const folder = new URL("./", import.meta.url);
const vectors = new URL("../vectors/", import.meta.url);

/** Files whose tests name no rule, and why. */
const WITHOUT_RULES = new Map([
  ["spec-coverage.test.ts", "is about the page itself"],
  ["parity.test.ts", "runs the vectors, each of which names its rules"],
]);

/** The ids that a title begins with. */
function idsOf(title: string): string[] {
  const words = title.split(" ");
  const end = words.findIndex((word) => !ID.test(word));
  return end === -1 ? words : words.slice(0, end);
}

/** Ids of the rules, in the order of the page. */
const rules = [
  ...readFileSync(new URL("../SPEC.md", import.meta.url), "utf8").matchAll(/^- \*\*(\w+)\*\* /gm),
].map(([, id]) => id!);

const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts") && !WITHOUT_RULES.has(file))
  .map((file) => ({ file, tests: testTitles(new URL(file, folder)) }));

/** Ids that titles begin with, by file. */
const titled = files.map(({ file, tests }): [string, string[]] => [
  file,
  tests.flatMap(({ titles }) => titles.flatMap(idsOf)),
]);

const vectorRules = readdirSync(vectors)
  .filter((file) => file.endsWith(".json"))
  .map((file): [string, string[]] => {
    const { rules: ids } = JSON.parse(readFileSync(new URL(file, vectors), "utf8")) as { rules: string[] };
    return [file, ids];
  });

const used = new Set([...titled, ...vectorRules].flatMap(([, ids]) => ids));

describe("SPEC.md", () => {
  test("gives each rule an id of its own, in order within its family", () => {
    expect(rules.length).toBeGreaterThan(150);
    expect(rules.filter((id) => !ID.test(id))).toEqual([]);
    expect(new Set(rules).size).toBe(rules.length);
    const numbered = rules.map((id) => id[0]! + (1 + rules.filter((each) => each[0] === id[0]).indexOf(id)));
    expect(rules).toEqual(numbered);
  });

  test.for(rules)("%s is proved by a test or a vector that names it", (id) => {
    expect(used).toContain(id);
  });

  test.for([...titled, ...vectorRules])("has every rule that %s names", ([, ids]) => {
    expect(ids.filter((id) => !rules.includes(id))).toEqual([]);
  });

  test.for(vectorRules)("is what the vector %s is there for", ([, ids]) => {
    expect(ids).not.toHaveLength(0);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.for(files)("is what every test of $file is there for", ({ tests }) => {
    expect(tests).not.toHaveLength(0);
    const nameless = tests.filter(({ titles }) => titles.every((title) => idsOf(title).length === 0));
    expect(nameless).toEqual([]);
  });
});
