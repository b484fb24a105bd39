import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cliProcess } from "./cli-process.ts";
import { figure, median, type Figures } from "./figures.ts";

const SIZES = [1, 100, 1_000];
const ROUNDS = 9;

/** `murmur check`, whole processes: what a person waits for, and what a hook before each commit costs. */
export async function cliCheck(): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), "murmur-bench-"));
  try {
    const rows: string[][] = [];
    for (const size of SIZES) {
      await writeFile(join(folder, "definition.json"), JSON.stringify(definitionOf(size), null, 2));
      const runs = Array.from({ length: ROUNDS }, () => cliProcess(["check", "definition.json"], folder));
      const text = (values: readonly number[]): string => figure(median(values) * 1_000);
      rows.push([String(size), text(runs.map(({ seconds }) => seconds)), text(runs.map(({ cpu }) => cpu))]);
    }
    return {
      title: "The command line: check, from nothing",
      columns: ["segments", "ms", "ms of CPU"],
      rows,
      notes: [
        "a process of its own, Node's start included; each segment asks three things of a category of its own",
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function definitionOf(size: number): object {
  const segments = Array.from({ length: size }, (_none, at) => [
    `intent-${at}`,
    {
      name: `Category ${at}`,
      when: {
        all: [
          { count: { event: "Product Viewed", where: { category: `category-${at}` } }, within: "7d", gte: 3 },
          { sinceLast: "Product Added", gte: "2h" },
          {
            not: {
              count: { event: "Order Completed", where: { category: `category-${at}` } },
              within: "30d",
              gte: 1,
            },
          },
        ],
      },
    },
  ]);
  return { segments: Object.fromEntries(segments) as object };
}
