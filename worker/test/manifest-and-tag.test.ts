import { expect, test } from "vitest";
import { fetchEdge, newDevice, sync } from "./kit/call.ts";

test("the manifest is what devices run, by its hash cacheable for ever", async () => {
  const pointer = await fetchEdge("/v1/manifest");
  const manifest = await pointer.json<{ hash: string; definition: { segments: object } }>();
  expect(pointer.headers.get("cache-control")).toBe("public, max-age=60");
  expect(Object.keys(manifest.definition.segments)).toContain("cart-abandoner");
  const named = await fetchEdge(`/v1/manifest/${manifest.hash}`);
  expect(named.headers.get("cache-control")).toContain("immutable");
  expect(await named.json()).toEqual(manifest);
  expect((await sync(newDevice())).manifest).toBe(manifest.hash);
});

test("the tag is served as the build made it", async () => {
  const tag = await fetchEdge("/murmur.js");
  expect(tag.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(await tag.text()).toMatch(/^try\{!function/);
});

test("beside the tag stands what it loads on demand, a module for any page", async () => {
  const debug = await fetchEdge("/murmur-debug.js");
  expect(debug.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(debug.headers.get("access-control-allow-origin")).toBe("*");
  expect(await debug.text()).toMatch(/export\s*\{/);
});
