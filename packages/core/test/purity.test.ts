import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const SRC = fileURLToPath(new URL("../src", import.meta.url));
const FORBIDDEN =
  /\b(?:Date|Math\.random|window|document|process|globalThis|self|navigator|console|fetch|setTimeout|setInterval|eval|Function)\b/g;
/** Libraries, each for the files that need it and no others: none of them is in what a device runs. */
const LIBRARIES: readonly (readonly [RegExp, string])[] = [
  [/^schema\//, "zod"],
  [/^definition\/check\/regex-safety\.ts$/, "redos-detector"],
  [/^journey\/hash-of\.ts$/, "@noble/hashes/sha2.js"],
  [/^journey\/hash-of\.ts$/, "@noble/hashes/utils.js"],
  [/^definition\/check\/regex-shape\.ts$/, "@eslint-community/regexpp"],
];
const IMPORT = /(?:(?<!")\bfrom\s*|\bimport\s*\(?\s*)"([^"\s]+)"/g;

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

/** The code of a file, without its comments; texts, which the program never runs, are emptied on demand. */
function codeOf(file: string, keepTexts: boolean): string {
  const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;
  return readFileSync(join(SRC, file), "utf8").replace(token, (found) => {
    if (found.startsWith("/")) return "";
    return keepTexts || found.startsWith("`") ? found : '""';
  });
}

describe("P14 the core is pure", () => {
  test("there are files to look at", () => expect(files.length).toBeGreaterThan(30));

  test.for(files)("%s imports nothing but files of its own and the libraries that it may", (file) => {
    for (const [, specifier] of codeOf(file, true).matchAll(IMPORT)) {
      if (LIBRARIES.some(([where, library]) => where.test(file) && library === specifier)) continue;
      expect(specifier).toMatch(/^\.{1,2}\/.+\.ts$/);
      const target = relative(SRC, resolve(join(SRC, dirname(file)), specifier!));
      expect(files).toContain(target);
    }
  });

  test.for(files)("%s knows no clock, no chance and no world around it", (file) => {
    expect(codeOf(file, false).match(FORBIDDEN) ?? []).toEqual([]);
  });
});
