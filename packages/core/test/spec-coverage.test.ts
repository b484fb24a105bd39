import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const ID = /^[A-Z]\d+$/;
const folder = new URL("./", import.meta.url);
const vectors = new URL("../vectors/", import.meta.url);

/** Ids of the rules, in the order of the page. */
const rules = [
  ...readFileSync(new URL("../SPEC.md", import.meta.url), "utf8").matchAll(/^- \*\*(\w+)\*\* /gm),
].map(([, id]) => id!);

/** Ids that titles begin with, by file: of each text in quotes, the words in front that are ids. */
const titled = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts"))
  .map((file): [string, string[]] => {
    const titles = readFileSync(new URL(file, folder), "utf8").matchAll(/["'`]((?:[A-Z]\d+ )+)/g);
    return [file, [...titles].flatMap(([, ids]) => ids!.trim().split(" "))];
  });

const vectorRules = readdirSync(vectors)
  .filter((file) => file.endsWith(".json"))
  .map((file): [string, string[]] => {
    const { rules: ids } = JSON.parse(readFileSync(new URL(file, vectors), "utf8")) as { rules: string[] };
    return [file, ids];
  });

const used = new Set([...titled, ...vectorRules].flatMap(([, ids]) => ids));

describe("SPEC.md", () => {
  test("gives each rule an id of its own, in order within its family", () => {
    expect(rules.length).toBeGreaterThan(100);
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
});
