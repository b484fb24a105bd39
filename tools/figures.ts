import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { format, resolveConfig } from "prettier";
import { engineBytes } from "../test/kit/engine-bytes.ts";
import { reactBytes } from "../test/kit/react-bytes.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** A row of a table by its first cell, and what is to stand in the cells behind it; undefined leaves one as it is. */
type Row = readonly [first: string, ...cells: (string | undefined)[]];

/** The pages with figures that the build decides, from the root, and their rows. */
export async function figuresOfPages(): Promise<Readonly<Record<string, readonly Row[]>>> {
  const tag = sizes(readFileSync(`${ROOT}packages/browser/dist/murmur.js`));
  const decisions = sizes(readFileSync(`${ROOT}packages/browser/dist/murmur-decisions.js`));
  const engine = sizes(await engineBytes());
  const react = sizes(await reactBytes());
  const budget = readFileSync(`${ROOT}test/size-budget.test.ts`, "utf8");
  const gate = (name: string): string =>
    new RegExp(`^const ${name} = ([\\d_]+);$`, "m").exec(budget)![1]!.replace("_", ",");
  return {
    "README.md": [
      ["**Murmur**", undefined, undefined, kB(tag.gzip)],
      ["the whole tag, one file, brotli", kB(tag.brotli)],
      ["`murmur-decisions.js`, which it loads for experiments and values in texts", kB(decisions.brotli)],
      ["the engine in it", kB(engine.brotli)],
      ["`@murmur/react`, beside the tag and React", kB(react.brotli)],
    ],
    "docs/performance.md": [
      ["`murmur.js`, the whole tag", ...exactly(tag), gate("TAG")],
      ["the engine alone, as devices bundle it", ...exactly(engine), gate("ENGINE")],
    ],
  };
}

/** A page with these cells in its tables, as Prettier has it. */
export async function withFigures(text: string, rows: readonly Row[]): Promise<string> {
  const lines = text.split("\n").map((line) => {
    const cells = line.split("|");
    const row = rows.find(([first]) => line.startsWith("|") && cells[1]!.trim() === first);
    return row ? cells.map((cell, at) => (at > 1 && row[at - 1]) || cell).join("|") : line;
  });
  const config = await resolveConfig(`${ROOT}README.md`);
  return format(lines.join("\n"), { ...config, parser: "markdown" });
}

interface Sizes {
  plain: number;
  gzip: number;
  brotli: number;
}

function sizes(code: Buffer): Sizes {
  return {
    plain: code.length,
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code).length,
  };
}

const exactly = (size: Sizes): string[] =>
  [size.plain, size.gzip, size.brotli].map((bytes) => bytes.toLocaleString("en"));

const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
