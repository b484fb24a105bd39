import { SLOT_TARGETS } from "@murmur/core";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./pages.ts";

const page = readFileSync(join(ROOT, "docs/tag.md"), "utf8");
const source = (file: string): string => readFileSync(join(ROOT, "packages/browser/src", file), "utf8");

test("every call of the tag stands in the table of its page", () => {
  const [, members = ""] = /export interface Murmur \{([^]*?)\n\}/.exec(source("murmur.ts")) ?? [];
  const calls = [...members.matchAll(/^  (\w+)[(<]/gm)].map(([, name]) => name!);
  expect(calls.length).toBeGreaterThan(15);
  const cells = page.split("\n").flatMap((line) => /^\| ([^|]*)\|/.exec(line)?.[1] ?? []);
  expect(calls.filter((name) => !cells.some((cell) => cell.includes(`\`${name}(`)))).toEqual([]);
});

test("every attribute of the script and of a slot stands in the page of the tag", () => {
  const [, read = ""] = /const \{([^}]*)\} = script\.dataset/.exec(source("tag.ts")) ?? [];
  const settings = read.split(",").map((part) => `data-${/\w+/.exec(part)![0]}`);
  expect(settings).toContain("data-consent");
  const attributes = [...settings, ...SLOT_TARGETS.map((target) => `data-murmur-${target}`)];
  expect(attributes.filter((name) => !page.includes(name))).toEqual([]);
});
