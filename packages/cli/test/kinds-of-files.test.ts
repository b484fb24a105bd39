import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { EntriesOptions } from "../src/input/read-entries.ts";
import { readFiles, type Read } from "./kit/read-files.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();

const readText = (name: string, lines: readonly string[], more?: Partial<EntriesOptions>): Promise<Read> =>
  readFiles([folder.write(name, `${lines.join("\n")}\n`)], more);

test("text of a spreadsheet is read as it saves it: in UTF-16 with tabs, or with the line ends of old Macs", async () => {
  const lines =
    ["user_id", "timestamp", "event"].join("\t") + "\nM\u00FCller\t2026-01-01\tX\n7\t2026-01-02\tX\n";
  const little = Buffer.from(`\uFEFF${lines}`, "utf16le");
  for (const [name, text] of [
    ["little.txt", little],
    ["big.txt", Buffer.from(little).swap16()],
    ["mac.txt", lines.replaceAll("\n", "\r")],
    ["mac.ndjson", '{"profile":"M\u00FCller","name":"X","timestamp":"2026-01-01"}\r'.repeat(2)],
  ] as const) {
    const { entries, input } = await readFiles([folder.write(name, text)]);
    expect(entries.map(([who]) => who)[0]).toBe("M\u00FCller");
    expect(entries).toHaveLength(2);
    expect(input.files[0]).not.toHaveProperty("garbled");
  }
});

test.each([
  [
    "a workbook",
    "orders.xlsx",
    Buffer.from("PK\u0003\u0004\u0014\u0000a,b\n1,2\n"),
    /orders\.xlsx is a workbook of Excel, or a zip: save the sheet as CSV/,
  ],
  ["an old workbook", "orders.xls", Buffer.from("d0cf11e0a1b11ae1", "hex"), /is a workbook of Excel: save/],
  ["Parquet", "orders.parquet", Buffer.from("PAR1\u0015"), /is Parquet: export it as CSV/],
  [
    "what another program packed",
    "orders.csv.zst",
    Buffer.from("28b52ffd0458", "hex"),
    /is packed with zstd: unpack it, or pipe it in/,
  ],
  [
    "a list in JSON",
    "list.json",
    '[\n  { "profile": "a", "timestamp": "2026-01-01", "name": "X" }\n]\n',
    /list\.json is one list of JSON: .*jq -c '\.\[\]'/,
  ],
  [
    "one of a single line",
    "line.json",
    '[{ "profile": "a", "timestamp": "2026-01-01", "name": "X" }]',
    /line\.json is one list of JSON/,
  ],
  [
    "objects of another form",
    "own.ndjson",
    '{ "kunde": "a" }\n',
    /--map profile=<member> --map timestamp=<member> --map event=<member>/,
  ],
])("%s is told with what to do", async (_case, name, content, why) => {
  await expect(readFiles([folder.write(name, content)])).rejects.toThrow(why);
});

test("of two columns with one name, none is taken in silence", async () => {
  const lines = ["user_id,timestamp,event,total,total", "1,2026-01-01,X,5,7"];
  await expect(readText("twice.csv", lines)).rejects.toThrow("the file has two columns total: rename one");
  // Where neither is asked for, they do no harm.
  const mapping = { profile: "user_id", timestamp: "timestamp", event: "event", properties: {} };
  expect((await readText("twice.csv", lines, { mapping })).entries).toHaveLength(1);
});

test("gzip is known by its first bytes, several files are one, and a damaged one is said to be so", async () => {
  const header = "user_id,timestamp,event\n";
  const zipped = folder.write("a.dat", gzipSync(`${header}1,2026-01-01,X\n`));
  const plain = folder.write("b.csv", `${header}1,2026-01-02,X\n`);
  const { entries } = await readFiles([zipped, plain]);
  expect(entries.map(([, { id }]) => id)).toEqual(["f0l0000000002", "f1l0000000002"]);
  const cut = folder.write("c.csv.gz", gzipSync(header.repeat(2_000)).subarray(0, 60));
  await expect(readFiles([cut])).rejects.toThrow(/c\.csv\.gz is damaged: .*copied whole/);
});

test("bytes that are no UTF-8 are not passed over in silence", async () => {
  const text = Buffer.from("user_id,timestamp,event\nM\u00fcller,2026-01-01,X\n", "latin1");
  expect((await readFiles([folder.write("latin.csv", text)])).input.files).toEqual([
    { name: "latin.csv", format: "csv", garbled: true },
  ]);
  expect((await readFiles([folder.write("utf8.csv", text.toString("latin1"))])).input.files).toEqual([
    { name: "utf8.csv", format: "csv" },
  ]);
});
