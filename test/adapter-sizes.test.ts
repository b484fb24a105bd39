import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { expect, test } from "vitest";

/** Bytes, minified, brotli: each is one more file that a page loads. */
const ADAPTER = 1024;

test.each([
  "ga4-data-layer",
  "shopify",
  "shopify-pixel",
  "json-ld",
  "data-attributes",
  "segment-calls",
  "push",
])(
  "the adapter %s stays within its budget, and is a module whose default export makes a plugin",
  async (name) => {
    const file = new URL(`../packages/browser/dist/murmur-${name}.js`, import.meta.url);
    expect(brotliCompressSync(readFileSync(file)).length).toBeLessThanOrEqual(ADAPTER);
    const { default: factory } = (await import(file.href)) as { default: (analytics: object) => object };
    expect(factory({})).toMatchObject({ name: expect.any(String), capture: expect.any(Function) });
  },
);

test.each(["consent-tcf", "consent-google", "consent-shopify"])(
  "the consent signal %s stays within its budget, and is a module whose default export listens",
  async (name) => {
    const file = new URL(`../packages/browser/dist/murmur-${name}.js`, import.meta.url);
    expect(brotliCompressSync(readFileSync(file)).length).toBeLessThanOrEqual(ADAPTER);
    const { default: signal } = (await import(file.href)) as { default: unknown };
    expect(signal).toBeTypeOf("function");
  },
);
