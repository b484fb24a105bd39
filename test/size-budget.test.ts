import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { engineBytes } from "./kit/engine-bytes.ts";

/** Bytes, minified, brotli. In the tag every byte is the shopper's: docs/performance.md says where the tag's are to go. */
const TAG = 13_650;
const ENGINE = 5_030;

test("the tag, whole, stays within its budget", () => {
  const tag = readFileSync(new URL("../packages/browser/dist/murmur.js", import.meta.url));
  expect(brotliCompressSync(tag).length).toBeLessThanOrEqual(TAG);
});

test("the engine, as devices bundle it, stays within its budget", async () => {
  expect(brotliCompressSync(await engineBytes()).length).toBeLessThanOrEqual(ENGINE);
});
