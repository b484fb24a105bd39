import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { readFiles, type Read } from "./kit/read-files.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();

const readText = (name: string, lines: readonly string[]): Promise<Read> =>
  readFiles([folder.write(name, `${lines.join("\n")}\n`)]);

test("thousands may be set apart where decimals follow; where none do, a text is no number", async () => {
  const totals = async (lines: string[]): Promise<unknown[]> =>
    (await readText("thousands.csv", lines)).entries.map(
      ([, entry]) => entry.type === "event" && entry.properties?.["total"],
    );
  const german = ["1.234,56", "-1.234.567,8", "1.234.567", "12.34,5", "0.123,4", "1,234.56"];
  expect(
    await totals(["user_id;timestamp;event;total", ...german.map((total) => `1;2026-01-01;X;${total}`)]),
  ).toEqual([1234.56, -1234567.8, "1.234.567", "12.34,5", "0.123,4", 1234.56]);
  const english = ["1,234.56", "-1,234,567.8", "1,234", "12,34.5", "1.234,56"];
  expect(
    await totals(["user_id,timestamp,event,total", ...english.map((total) => `1,2026-01-01,X,"${total}"`)]),
  ).toEqual([1234.56, -1234567.8, "1,234", "12,34.5", "1.234,56"]);
});

test.each(["\n", "\r\n", "\r"])(
  "a first line in which Excel says what is between fields is no header, with lines that end in %j",
  async (end) => {
    const lines = ["sep=;", "user_id;timestamp;event;total", "1;2026-01-01;X;12,50", "1;never;X;3"];
    const file = folder.write("excel.csv", `\uFEFF${lines.join(end)}${end}`);
    const { entries, input } = await readFiles([file]);
    expect(entries).toEqual([["1", expect.objectContaining({ properties: { total: 12.5 } })]]);
    expect(input.bad.samples).toMatchObject([{ line: 4 }]);
    const stdin = Readable.from(lines.map((line) => Buffer.from(line + end)));
    expect((await readFiles(["-"], { stdin })).entries).toEqual(entries);
  },
);

test("what is between fields is as the first line says, whatever the header looks like", async () => {
  const { entries } = await readText("tabs.csv", [
    "SEP=\t",
    "user_id\ttimestamp\tevent\ta,b,c,d,e",
    "1\t2026-01-01\tX\t7",
  ]);
  expect(entries).toEqual([["1", expect.objectContaining({ properties: { "a,b,c,d,e": 7 } })]]);
});

test.each(["", "\n \n"])("a file with nothing in it, %j, is said to be empty", async (text) => {
  await expect(readFiles([folder.write("empty.csv", text)])).rejects.toThrow("empty.csv is empty");
});

test("space around a field is nobody's, and in no name or number", async () => {
  const { entries } = await readText("typed.csv", [
    "user_id, timestamp, event, total, city, id",
    "ada, 2026-01-01, Order Completed, 12.5, New York, e1",
    "ada , 2026-01-02 ,Order Completed , 3 , , e2",
    " ,2026-01-02,Order Completed,3,,",
  ]);
  expect(entries).toEqual([
    [
      "ada",
      expect.objectContaining({
        id: "e1",
        name: "Order Completed",
        properties: { total: 12.5, city: "New York" },
      }),
    ],
    ["ada", expect.objectContaining({ id: "e2", name: "Order Completed", properties: { total: 3 } })],
  ]);
});
