import { describe, expect, test } from "vitest";
import { CsvRows } from "../src/input/rows/csv-rows.ts";

/** What comes out of a text that is given in pieces of so many characters. */
function cut(text: string, size: number): { rows: [number, string[]][]; bad: number[] } {
  const found: { rows: [number, string[]][]; bad: number[] } = { rows: [], bad: [] };
  const csv = new CsvRows({
    row: (fields, line) => found.rows.push([line, fields]),
    bad: (line) => found.bad.push(line),
  });
  for (let at = 0; at < text.length; at += size) csv.push(text.slice(at, at + size));
  csv.end();
  return found;
}

const HARD = [
  "a,b,c",
  '1,"x, ""y""",3',
  '4,"two\nlines",6',
  "short,1",
  "long,1,2,3",
  "",
  '7,"",9',
  "10,11,12",
];
const ROWS: [number, string[]][] = [
  [1, ["a", "b", "c"]],
  [2, ["1", 'x, "y"', "3"]],
  [3, ["4", "two\nlines", "6"]],
  [5, ["short", "1"]],
  [6, ["long", "1", "2", "3"]],
  [8, ["7", "", "9"]],
  [9, ["10", "11", "12"]],
];

describe("rows are the same, each with its line, in whatever pieces the text comes", () => {
  test.each([
    ["with a line end at the end", `${HARD.join("\n")}\n`],
    ["without one", HARD.join("\n")],
  ])("%s", (_case, text) => {
    for (let size = 1; size <= text.length; size++)
      expect(cut(text, size), `pieces of ${size}`).toEqual({ rows: ROWS, bad: [] });
  });

  test("with the line ends of Windows", () => {
    const text = "a,b\r\n1,2\r\n3,4\r\n";
    const rows = [
      [1, ["a", "b"]],
      [2, ["1", "2"]],
      [3, ["3", "4"]],
    ];
    for (let size = 1; size <= text.length; size++) expect(cut(text, size).rows).toEqual(rows);
  });

  test.each([
    ["a header without those of Windows", 'a,b\n1,2\r\n"3\r\n",4\r\n5,6'],
    ["a header with those of Windows", 'a,b\r\n1,2\n"3\n",4\n5,6\r'],
  ])("with both kinds of line ends, as of files put together: %s", (_case, text) => {
    const rows = [
      [1, ["a", "b"]],
      [2, ["1", "2"]],
      [3, ["3\n", "4"]],
      [5, ["5", "6"]],
    ];
    for (let size = 1; size <= text.length; size++) expect(cut(text, size).rows).toEqual(rows);
  });

  test.each([";", "\t", "|"])("with %j between the fields", (delimiter) => {
    expect(cut(`a${delimiter}b\n1${delimiter}2,5\n`, 100).rows[1]).toEqual([2, ["1", "2,5"]]);
  });
});

describe("a quote that nothing closes", () => {
  test("costs its own line alone", () => {
    const text = 'a,b\n1,2\n"3,4\n5,6\n7,8\n';
    for (const size of [3, 7, 100]) {
      const { rows, bad } = cut(text, size);
      expect(bad).toEqual([3]);
      expect(rows.map(([line]) => line)).toEqual([1, 2, 4, 5]);
    }
  });

  test("does not hold a large file in memory", () => {
    const rest = "5,6\n".repeat(400_000);
    const { rows, bad } = cut(`a,b\n"1,2\n${rest}`, 1 << 16);
    expect(bad).toEqual([2]);
    expect(rows).toHaveLength(400_001);
    expect(rows.at(-1)).toEqual([400_002, ["5", "6"]]);
  });
});
