import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { regexChecker, regexProblem } from "../src/definition/check/regex-safety.ts";
import { compile, load, manifestOf, type Definition } from "../src/index.ts";

const BACKTRACKS = "may backtrack";

describe("F19 a pattern that may run on what strangers send", () => {
  test.for([
    "",
    "-12-25$",
    "(Mobile|Tablet)",
    "^ping",
    "shoe|boot|sandal|sneaker|trainer",
    "(nike|adidas|puma|asics|hoka|brooks|saucony|on-running|salomon|mizuno|new balance|under armour)",
    "\\.(jpe?g|png|webp)$",
    "^\\d{4}-\\d{2}-\\d{2}$",
    "\\bsale\\b",
    "(^|,)new(,|$)",
    "^\\s+$",
    "^[a-z0-9-]+$",
    "^foo.*bar",
    "^[a-z]+@[a-z]+$",
    "^https?://[^/]+/product/\\d+",
    "^/(en|de|fr|it|es)/(shop|store)/(men|women|kids)/\\d+",
    "Chrome/\\d+",
    "foo.*",
    "foo.{0,100}bar",
    "\\s{0,20}$",
    "^(?=.*foo)(?=.*bar)",
    "(?<=a)b",
  ])("is %s", (pattern) => expect(regexProblem(pattern)).toBeUndefined());

  test.for([
    "(a+)+$",
    "^(a+)+$",
    "(a|aa)+$",
    "^(a|aa)+$",
    "(.*)*x",
    "^(\\w+\\s?)*$",
    "(x+x+)+y",
    "^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*@[a-z0-9]+$",
    "^(?=(a+)+$)b",
    "(?!(a+)+$)c",
    "(?<=(a+)+$)b",
  ])("is not %s: exponential", (pattern) => expect(regexProblem(pattern)).toContain(BACKTRACKS));

  test.for(["^.*foo.*bar", "^\\s*\\s*x", "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", "^(.+)(.+)(.+)x"])(
    "is not %s: polynomial",
    (pattern) => expect(regexProblem(pattern)).toContain(BACKTRACKS),
  );

  test.for(["\\s+$", "\\s*x", "a+$", "\\d+px", ".*foo", "foo.*bar", "\\b\\w+ing\\b"])(
    "is not %s: it starts over at every place of the text",
    (pattern) => expect(regexProblem(pattern)).toContain(BACKTRACKS),
  );

  test.for<[string, string]>([
    ["[", "is no regular expression"],
    ["(?i)sale", "flags are not taken"],
    ["(?i:sale)", "holds (?i:"],
    ["(a)\\1", "holds \\1"],
    ["(?<year>\\d)", "holds (?<year>"],
    ["x".repeat(501), "has 501 characters, more than 500"],
    ["^(?:a?){30}a{30}$", "ways at one place"],
    ["(a{0,50}){0,50}b", "ways at one place"],
    ["a{10000}b", "can take in more than 1000 characters"],
    ["^(a{100}){100}$", "can take in more than 1000 characters"],
    ["^a*b+c*d+e*f+g*h+i*", "more than 8 times"],
    ["((((((a))))))", "deeper than 5"],
  ])("F19 F20 is not %s: %s", ([pattern, message]) => expect(regexProblem(pattern)).toContain(message));

  test.for([
    ["(a|b){9}", "(a|b){10}"],
    ["a{0,999}", "a{0,1000}"],
    ["^(a|b)(c|d)(e|f)(g|h)(i|j)(k|l)(m|n)(o|p)x+", "^(a|b)(c|d)(e|f)(g|h)(i|j)(k|l)(m|n)(o|p)(q|r)x+"],
    ["a{1000}", "a{1001}"],
    ["^a{1000,}", "^a{1001,}"],
    ["^1+2+3+4+5+6+7+8+", "^1+2+3+4+5+6+7+8+9+"],
    ["(((((a)))))", "((((((a))))))"],
  ] as const)("F20 is %s, and not %s", ([most, more]) => {
    expect(regexProblem(most)).toBeUndefined();
    expect(regexProblem(more)).toMatch(/more than|deeper than/);
  });

  test("F19 F20 is long as long as it is simple", () => {
    expect(regexProblem("x".repeat(500))).toBeUndefined();
  });
});

test("F22 a hostile pattern does not hold up the check", { timeout: 10_000 }, () => {
  const hostile = [
    "((((((((((a*)*)*)*)*)*)*)*)*)*)*b",
    "^(a{1,500}){1,500}$",
    "(?:a?){200}(?:a?){200}(?:a?){200}b",
    `${"(.*".repeat(80)}x${")".repeat(80)}`,
    `${"(?=".repeat(60)}a*${")".repeat(60)}b`,
    `(${"a|".repeat(100)}a)*$`,
    `(${"[a-c]|[b-d]|".repeat(30)}x)+y`,
    "[\\s\\S]{0,1000}".repeat(20),
    "a{1,999999999}{2}".slice(0, 14),
    "(a|b|ab|ba|aba|bab)*c",
    "a\\w{0,40}\\w*a{2}",
  ];
  for (const pattern of hostile) expect(regexProblem(pattern)).toBeDefined();
});

describe("the patterns of one definition", () => {
  test("F21 are looked at once each", () => {
    const check = regexChecker();
    for (let times = 0; times < 100; times++) expect(check("Chrome/\\d+")).toBeUndefined();
  });

  test("F21 may be many, of which 16 need an analysis", () => {
    const check = regexChecker();
    for (let n = 0; n < 100; n++) expect(check(`^word ${n} .*$`)).toBeUndefined();
    for (let n = 0; n < 16; n++) expect(check(`^${n} \\d+ [a-z]+$`)).toBeUndefined();
    expect(check("^\\d+ [a-z]+$")).toContain("more than 16 patterns");
    expect(check("^0 \\d+ [a-z]+$")).toBeUndefined();
  });
});

test("F23 a definition that was checked before is not looked at again", () => {
  const definition: Definition = { segments: { s: { trait: { v: { $regex: "(a+)+$" } } } } };
  expect(() => compile(definition)).toThrow(BACKTRACKS);
  expect(() => load(manifestOf(definition))).not.toThrow();
});

test("F23 what runs in browsers does not import it", () => {
  for (const folder of ["engine", "filter"]) {
    const root = new URL(`../src/${folder}/`, import.meta.url);
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".ts"),
    );
    for (const file of files) expect(readFileSync(new URL(file, root), "utf8")).not.toContain("/regex-");
  }
});
