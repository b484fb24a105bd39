import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A fenced block of code in a page. */
export interface Block {
  /** The page's path from the root of the repository. */
  page: string;
  /** Of its first line of code, from 1. */
  line: number;
  /** What stands behind the fence's three backticks: its language, … */
  language: string;
  /** … and behind that what else there is, such as the command that prints it. */
  note: string;
  code: string;
}

/** A page for people, with its blocks and the code in its sentences. */
export interface Page {
  path: string;
  text: string;
  blocks: readonly Block[];
  /** What stands in single backticks, outside of the blocks. */
  spans: readonly string[];
}

const PATHS = [
  "*.md",
  "docs/**/*.md",
  "packages/*/*.md",
  "packages/core/vectors/README.md",
  "worker/*.md",
  "examples/*/*.md",
];

const FENCE = /^```(\S*) ?(.*)\n([^]*?)^```$/gm;

/** Every page of the repository that people read. */
export const pages: readonly Page[] = globSync(PATHS, { cwd: ROOT }).sort().map(readPage);

export const blocks: readonly Block[] = pages.flatMap((page) => page.blocks);

function readPage(path: string): Page {
  const text = readFileSync(join(ROOT, path), "utf8");
  const found = [...text.matchAll(FENCE)].map(([, language = "", note = "", code = ""], at, all): Block => {
    const before = text.slice(0, all[at]!.index);
    return { page: path, line: before.split("\n").length + 1, language, note, code };
  });
  const prose = text.replaceAll(FENCE, "");
  const spans = [...prose.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(([, span]) => span!.replaceAll(/\s+/g, " "));
  return { path, text, blocks: found, spans };
}

export const blocksIn = (...languages: string[]): Block[] =>
  blocks.filter(({ language }) => languages.includes(language));

/** Where a block stands, as editors open it. */
export const placeOf = ({ page, line }: Block): string => `${page}:${line}`;

/** A path that a page writes, from the root: it is meant from the page's own folder. */
export const fromPage = (page: string, path: string): string => join(dirname(page), path);
