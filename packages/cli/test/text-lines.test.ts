import { expect, test } from "vitest";
import { TextLines } from "../src/input/rows/text-lines.ts";
import { readFiles } from "./kit/read-files.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();

test("lines are the same, each with its number, in whatever pieces the text comes", () => {
  const text = "a\r\n\n b\nc\r\n\r\nd";
  for (let size = 1; size <= text.length; size++) {
    const found: [number, string][] = [];
    const lines = new TextLines({ line: (line, number) => found.push([number, line]), bad() {} });
    for (let at = 0; at < text.length; at += size) lines.push(text.slice(at, at + size));
    lines.end();
    expect(found).toEqual([
      [1, "a"],
      [3, " b"],
      [4, "c"],
      [6, "d"],
    ]);
  }
});

test("a line that does not end is a bad row, is not kept, and costs no other", async () => {
  const entry = (profile: string, more = ""): string =>
    `{ "profile": "${profile}", "name": "X", "timestamp": "2026-01-01", "properties": { "x": "${more}" } }\n`;
  const long = "y".repeat(3_000_000);
  const { entries, input } = await readFiles([
    folder.write("long.ndjson", entry("a") + entry("b", long) + entry("c") + entry("d", long).trimEnd()),
  ]);
  expect(entries.map(([who]) => who)).toEqual(["a", "c"]);
  expect(input.rows).toBe(4);
  const reason = "is longer than 1048576 characters: one object a line is wanted";
  expect(input.bad.samples).toEqual([2, 4].map((line) => ({ file: "long.ndjson", line, reason })));
});
