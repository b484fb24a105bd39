import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

/**
 * Bytes, minified, brotli. In the tag every byte is the shopper's: these hold what was reached, and only go down. Where
 * they are to go is in docs/performance.md.
 */
const TAG = 15 * 1024;
const ENGINE = 8.5 * 1024;

test("the tag, whole, stays within its budget", () => {
  const tag = readFileSync(new URL("../packages/browser/dist/murmur.js", import.meta.url));
  expect(brotliCompressSync(tag).length).toBeLessThanOrEqual(TAG);
});

test("the engine, as devices bundle it, stays within its budget", async () => {
  const { outputFiles } = await build({
    stdin: { contents: 'export { load } from "@murmur/core";', resolveDir: import.meta.dirname },
    conditions: ["murmur-source"],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  expect(brotliCompressSync(outputFiles[0]!.contents).length).toBeLessThanOrEqual(ENGINE);
});
