import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();
const BIN = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

/** Has the process take what its stderr goes to for a terminal. */
const WATCHED = "data:text/javascript,process.stderr.isTTY = true";

/** The command line as a process of its own, with a folder of its own for what it puts aside. */
function murmur(
  args: string[],
  { isWatched = false } = {},
): ChildProcessByStdio<Writable, Readable, Readable> {
  const aside = join(folder.path, "aside");
  mkdirSync(aside, { recursive: true });
  const flags = ["--conditions=murmur-source", ...(isWatched ? ["--import", WATCHED] : [])];
  return spawn(process.execPath, [...flags, BIN, ...args], {
    cwd: folder.path,
    env: { ...process.env, TMPDIR: aside },
  });
}

test("who is interrupted while sorting leaves nothing behind on the disk", { timeout: 120_000 }, async () => {
  folder.write("a.json", '{ "segments": { "a": { "count": "X", "gte": 1 } } }');
  const run = murmur(["backtest", "a.json", "-", "--no-report"]);
  run.stdin.on("error", () => {});
  run.stdin.write("profile,timestamp,event\n");
  // More than is held in memory; the end never comes.
  for (let piece = 0; piece < 42; piece++)
    run.stdin.write(Array.from({ length: 10_000 }, (_none, at) => `p${at},2026-01-01,X\n`).join(""));
  const aside = (): string[] =>
    readdirSync(join(folder.path, "aside")).filter((name) => name.startsWith("murmur-sort-"));
  await expect.poll(aside, { timeout: 60_000 }).toHaveLength(1);
  run.kill("SIGINT");
  const [code, signal] = (await once(run, "exit")) as [number | null, string | null];
  expect([code, signal]).toEqual([null, "SIGINT"]);
  expect(aside()).toEqual([]);
});

test(
  "who is interrupted has a terminal with a cursor, and lines that go on",
  { timeout: 120_000 },
  async () => {
    folder.write("a.json", '{ "segments": { "a": { "count": "X", "gte": 1 } } }');
    const run = murmur(["backtest", "a.json", "-", "--no-report"], { isWatched: true });
    let shown = "";
    run.stderr.on("data", (chunk: Buffer) => (shown += chunk.toString()));
    run.stdin.on("error", () => {});
    // The end never comes.
    run.stdin.write("profile,timestamp,event\np,2026-01-01,X\n");
    await expect.poll(() => shown, { timeout: 60_000 }).toContain("rows/s");
    expect(shown).toContain("\u001B[?25l");
    expect(shown).toContain("\u001B[?7l");
    run.kill("SIGINT");
    const [code, signal] = (await once(run, "close")) as [number | null, string | null];
    expect([code, signal]).toEqual([null, "SIGINT"]);
    expect(shown.lastIndexOf("\u001B[?25h")).toBeGreaterThan(shown.lastIndexOf("\u001B[?25l"));
    expect(shown.lastIndexOf("\u001B[?7h")).toBeGreaterThan(shown.lastIndexOf("\u001B[?7l"));
  },
);

test(
  "the code is that of what was done, also where nobody reads the answer",
  { timeout: 120_000 },
  async () => {
    folder.write("wrong.json", '{ "segments": { "a": { "cuont": "X" } } }');
    const run = murmur(["check", "wrong.json"]);
    run.stdout.destroy();
    let said = "";
    run.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(run, "exit")) as [number | null];
    expect(said).toBe("");
    expect(code).toBe(1);
  },
);

test("nor is anything lost where nobody reads how it goes", { timeout: 120_000 }, async () => {
  folder.write("a.json", '{ "segments": { "a": { "count": "X", "gte": 1 } } }');
  folder.write("mixed.csv", "profile,timestamp,event\np,2026-01-02,X\np,2026-01-01,X\n");
  const run = murmur(["backtest", "a.json", "mixed.csv", "--no-report"]);
  // What is said here is that the file has to be sorted.
  run.stderr.destroy();
  let said = "";
  run.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(run, "close")) as [number | null];
  expect(said).toContain("2 entries, sorted by time");
  expect(code).toBe(0);
});
