import { expect, test } from "vitest";
import { fetchEdge, newDevice } from "./kit/call.ts";

const body = (): string => JSON.stringify({ device: newDevice(), sentAt: Date.now() });

test("a page of an allowed origin may call and read the answer", async () => {
  const headers = { origin: "https://shop.example" };
  const answer = await fetchEdge("/v1/sync", { method: "POST", body: body(), headers });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("access-control-allow-origin")).toBe("https://shop.example");
  expect(answer.headers.get("access-control-expose-headers")).toBe("retry-after");
  const preflight = await fetchEdge("/v1/sync", { method: "OPTIONS", headers });
  expect([preflight.status, preflight.headers.get("access-control-allow-methods")]).toEqual([
    204,
    "GET, POST, DELETE",
  ]);
});

test("a page of an allowed origin can read what is wrong with its call, too", async () => {
  const answer = await fetchEdge("/v1/sync", {
    method: "POST",
    body: "{",
    headers: { origin: "https://shop.example" },
  });
  expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([
    400,
    "https://shop.example",
  ]);
});

test.each(["https://evil.example", "https://shop.example.evil.example", "null", "http://shop.example"])(
  "a page of %s may not",
  async (origin) => {
    const answer = await fetchEdge("/v1/sync", { method: "POST", body: body(), headers: { origin } });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([403, null]);
    expect(await answer.json()).toMatchObject({ code: "origin_not_allowed" });
  },
);

test("the worker's own pages and callers that are no page may", async () => {
  const own = await fetchEdge("/v1/sync", {
    method: "POST",
    body: body(),
    headers: { origin: "https://edge.example" },
  });
  expect(own.status).toBe(200);
  expect((await fetchEdge("/v1/sync", { method: "POST", body: body() })).status).toBe(200);
});

test("what a cache may keep is kept for each origin: what no page asked for lacks what a page needs", async () => {
  const headers = { origin: "https://shop.example" };
  const { hash } = await (await fetchEdge("/v1/manifest")).json<{ hash: string }>();
  for (const path of ["/v1/manifest", `/v1/manifest/${hash}`, `/v1/manifest/${hash}/definition`])
    for (const init of [{}, { headers }]) {
      const answer = await fetchEdge(path, init);
      expect([path, answer.status, answer.headers.get("vary")]).toEqual([path, 200, "origin"]);
    }
});
