import { definitionHash, PLAN_VERSION } from "@murmur/core";
import { expect, test } from "vitest";
import { fetchEdge, newDevice, sync } from "./kit/call.ts";

test("the manifest is what devices run, by its hash cacheable for ever", async () => {
  const pointer = await fetchEdge("/v1/manifest");
  const manifest = await pointer.json<{
    hash: string;
    plan: { version: number; segments: [string, number][] };
  }>();
  expect(pointer.headers.get("cache-control")).toBe("public, max-age=60");
  expect(manifest.plan.version).toBe(PLAN_VERSION);
  expect(manifest.plan.segments.map(([id]) => id)).toContain("cart-abandoner");
  const named = await fetchEdge(`/v1/manifest/${manifest.hash}`);
  expect(named.headers.get("cache-control")).toContain("immutable");
  expect(await named.json()).toEqual(manifest);
  expect((await sync(newDevice())).manifest).toBe(manifest.hash);
});

test("what the manifest was made of is there to explain by, as long as it is in force", async () => {
  const { hash } = await (await fetchEdge("/v1/manifest")).json<{ hash: string }>();
  const answer = await fetchEdge(`/v1/manifest/${hash}/definition`);
  expect(answer.headers.get("cache-control")).toContain("immutable");
  const definition = await answer.json<{ segments: object }>();
  expect(Object.keys(definition.segments)).toContain("cart-abandoner");
  expect(definitionHash(definition)).toBe(hash);
  expect((await fetchEdge("/v1/manifest/0123456789abcdef/definition")).status).toBe(404);
});

test("the tag is served as the build made it", async () => {
  const tag = await fetchEdge("/murmur.js");
  expect(tag.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(await tag.text()).toMatch(/^\/\/# allFunctionsCalledOnLoad\ntry\{/);
});

test("beside the tag stands what it loads on demand, a module for any page", async () => {
  const debug = await fetchEdge("/murmur-debug.js");
  expect(debug.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(debug.headers.get("access-control-allow-origin")).toBe("*");
  expect(await debug.text()).toMatch(/export\s*\{/);
});
