import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { engineBytes } from "./kit/engine-bytes.ts";
import { reactBytes } from "./kit/react-bytes.ts";

/** Bytes, minified, brotli. In the tag every byte is the shopper's: docs/performance.md says where the tag's are to go. */
const TAG = 13_789;
const ENGINE = 4_593;
const REACT = 1.5 * 1024;

test("the tag, whole, stays within its budget", () => {
  const tag = readFileSync(new URL("../packages/browser/dist/murmur.js", import.meta.url));
  expect(brotliCompressSync(tag).length).toBeLessThanOrEqual(TAG);
});

test("the engine, as devices bundle it, stays within its budget", async () => {
  expect(brotliCompressSync(await engineBytes()).length).toBeLessThanOrEqual(ENGINE);
});

test("what React takes beside the tag stays within its budget", async () => {
  expect(brotliCompressSync(await reactBytes()).length).toBeLessThanOrEqual(REACT);
});
