import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli } from "./kit/run-cli.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();

async function check(name: string, text: string, ...flags: string[]): Promise<{ code: number; out: string }> {
  folder.write(name, text);
  const { code, out } = await runCli(["check", name, ...flags], { cwd: folder.path });
  return { code, out };
}

const GOOD = '{ "segments": { "a": { "count": "X", "gt": 1 } } }';

test("a definition that is right", async () => {
  const { code, out } = await check("good.json", GOOD);
  expect(out).toMatch(/^ok good\.json: 1 segment, 0 measures, 0 slots, hash [0-9a-f]{16}\n$/);
  expect(code).toBe(0);
});

describe("what is wrong is shown where it stands, with what to write instead", () => {
  test.each([
    [
      "JSON",
      "a.json",
      '{\n  "segments": {\n    "a": {\n      "cuont": "X",\n      "gt": 1\n    }\n  }\n}\n',
      /a\.json:3:5 error segments\.a .*did you mean "count"\?\n[^]*> 3 \|     "a": \{/,
    ],
    [
      "JSON with ids that hold dots and brackets",
      "dots.json",
      '{ "segments": {\n  "a.b[0]": {\n    "all": [\n      { "count": "X", "gt": "1" }\n    ]\n  }\n} }\n',
      /dots\.json:4:23 error segments\.a\.b\[0\]\.all\[0\]\.gt must be a number/,
    ],
    [
      "YAML",
      "a.yaml",
      "segments:\n  # Who looks around\n  a:\n    when:\n      count: X\n      within: 7 days\n      gte: 2\n",
      /a\.yaml:6:7 error segments\.a\.when\.within must be a duration[^]*> 6 \|       within: 7 days/,
    ],
    [
      "TypeScript, through define, constants, spread objects and satisfies",
      "a.ts",
      'import { define, count, type Condition } from "@murmur/core";\nconst own = {\n  b: { when: { count: "X", gte: "2" } },\n};\nexport default define({\n  segments: { a: count("X").gt(1), ...own },\n} as never);\n',
      /a\.ts:3:28 error segments\.b\.when\.gte must be a number[^]*> 3 \|   b: \{ when/,
    ],
    [
      "a builder's call, which has no keys of its own",
      "b.ts",
      'import { define, count } from "@murmur/core";\nexport default define({\n  segments: {\n    shoes: count("X").within("7 days" as never).gt(1),\n  },\n});\n',
      /b\.ts:4:5 error segments\.shoes\.within must be a duration[^]*> 4 \|     shoes: count/,
    ],
    [
      "a preset that refuses its options",
      "c.ts",
      'import { define, rfm } from "@murmur/core";\nexport default define({\n  ...rfm({\n    recency: ["90d", "60d", "120d", "240d"],\n  }),\n});\n',
      /c\.ts:4:5 error rfm\.recency must be in ascending order/,
    ],
  ])("%s", async (_case, name, text, wanted) => {
    const { code, out } = await check(name, text);
    expect(out).toMatch(wanted);
    expect(code).toBe(1);
  });
});

describe("what cannot be read", () => {
  test.each([
    ["JSON", "x.json", '{ "segments": { "a": {}, }', /x\.json:1:\d+ error is no JSON: close brace expected/],
    [
      "JSON in which an id stands twice, of which the first would be lost",
      "twice.json",
      '{ "segments": {\n  "a": { "count": "X", "gt": 1 },\n  "b": { "count": "\\"a\\": ", "gt": 1 },\n  "a": { "count": "Y", "gt": 1 }\n} }',
      /twice\.json:4:3 error "a" stands here for the second time[^]*> 4 \|/,
    ],
    [
      "the same with comments",
      "twice.jsonc",
      '{ "segments": {\n  // one\n  "a": { "count": "X", "gt": 1 },\n  "a": { "count": "Y", "gt": 1 }\n} }',
      /twice\.jsonc:4:3 error "a" stands here/,
    ],
    ["YAML", "x.yaml", "segments:\n  a: [\n", /x\.yaml:\d+:\d+ error is no YAML/],
    [
      "TypeScript",
      "x.ts",
      'export default {\n  segments: { a: { count "X" } },\n};\n',
      /x\.ts:2:26 error Unexpected token[^]*> 2 \|/,
    ],
    [
      "a module without a default export",
      "y.ts",
      "export const a = 1;\n",
      /y\.ts error has no default export: write/,
    ],
    [
      "a module that throws",
      "z.ts",
      'throw new Error("no token");\nexport default {};\n',
      /z\.ts:1:1 error no token[^]*> 1 \| throw/,
    ],
    [
      "a module that asks for a name that nobody has",
      "n.ts",
      'import { define, count } from "@murmur/core";\nexport default define({\n  segments: { a: count("X").gte(1), b: cuont("X").gte(1) },\n});\n',
      /n\.ts:3:40 error cuont is not defined[^]*> 3 \|/,
    ],
    [
      "a module that imports what is not there",
      "i.ts",
      'import { define, cuont } from "@murmur/core";\nexport default define({\n  segments: { a: cuont("X").gte(1) },\n});\n',
      /i\.ts:3:18 error cuont is not a function[^]*> 3 \|/,
    ],
    ["a module that throws what is no error", "t.ts", 'throw "no";\n', /t\.ts error throws no/],
    [
      "YAML that refers to nothing",
      "alias.yaml",
      "segments:\n  a: *gone\n",
      /alias\.yaml:1:1 error is no YAML: Unresolved alias .*gone/,
    ],
  ])("%s", async (_case, name, text, wanted) => {
    const { code, out } = await check(name, text);
    expect(out).toMatch(wanted);
    expect(code).toBe(1);
  });
});

describe("what runs, but hardly does what was meant", () => {
  const ODD = '{ "segments": {\n  "gone": { "not": { "sinceLast": "X", "gte": "90d" } }\n} }';

  test("is told with its code, and is no failure", async () => {
    const { code, out } = await check("odd.json", ODD);
    expect(out).toMatch(/odd\.json:2:\d+ warning negation-trap segments\.gone/);
    expect(out).toContain("1 warning\nok odd.json");
    expect(code).toBe(0);
  });

  test("is one where warnings are errors", async () => {
    expect((await check("odd.json", ODD, "--strict")).code).toBe(1);
  });

  test("goes by how long the log is kept", async () => {
    const text = '{ "segments": { "a": { "count": "X", "within": "100d", "gt": 1 } } }';
    expect((await check("long.json", text)).out).not.toContain("window-beyond-log");
    expect((await check("long.json", text, "--kept-for", "90d")).out).toContain("window-beyond-log");
    for (const wrong of ["90 days", "0d"]) {
      const { code, err } = await runCli(["check", "long.json", "--kept-for", wrong], { cwd: folder.path });
      expect(err).toContain(`--kept-for ${wrong} is no duration above nothing: write 90d`);
      expect(code).toBe(2);
    }
  });
});

test("of a definition in one long line, what is around the fault is shown", async () => {
  const many = Array.from({ length: 500 }, (_none, at) => `"s${at}":{"count":"X","gte":1}`).join();
  const others = many.replaceAll('"s', '"t');
  const { out } = await check(
    "long-line.json",
    `{"segments":{${many},"bad":{"cuont":"X","gte":1},${others}}}`,
  );
  const lines = out.split("\n");
  const shown = lines.find((line) => line.startsWith("> 1 | "))!;
  const caret = lines.find((line) => line.trimEnd().endsWith("^"))!;
  expect(shown.length).toBeLessThan(200);
  expect(shown.slice(caret.indexOf("^"))).toMatch(/^"bad":\{"cuont"/);
});

test("as JSON, for scripts", async () => {
  const { code, out } = await check(
    "a.json",
    '{ "segments": { "a": { "count": "X", "gt": "1" } } }',
    "--json",
  );
  expect(JSON.parse(out)).toMatchObject({
    ok: false,
    findings: [
      { severity: "error", code: "invalid", path: "segments.a.gt", position: { line: 1, column: 38 } },
    ],
  });
  expect(code).toBe(1);
});

test("a mark of UTF-8, as Windows writes it, is no part of a definition", async () => {
  expect((await check("mark.json", `\uFEFF${GOOD}`)).code).toBe(0);
});

test("$schema is for the editor, and comments are for people", async () => {
  expect((await check("s.json", '{ "$schema": "./x.json", "segments": {} }')).code).toBe(0);
  expect((await check("s.jsonc", '{ // Nobody yet.\n "segments": {}, }')).code).toBe(0);
});

test("the folder's own definition is found by its name; where there is none, that is said", async () => {
  folder.write("murmur.config.json", GOOD);
  expect((await runCli(["check"], { cwd: folder.path })).out).toContain("ok murmur.config.json");
  const none = await runCli(["check", "none.json"], { cwd: folder.path });
  expect(none).toMatchObject({ code: 2, err: expect.stringContaining("there is no none.json") });
  mkdirSync(join(folder.path, "kept.json"));
  const kept = await runCli(["check", "kept.json"], { cwd: folder.path });
  expect(kept).toMatchObject({ code: 2, err: expect.stringContaining("kept.json: is a folder") });
});
