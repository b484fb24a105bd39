import { expect, test } from "vitest";
import { fetchEdge, newDevice, post, sync, viewed, type ProblemBody } from "./kit/call.ts";

async function problem(path: string, init?: RequestInit): Promise<ProblemBody & { type: string | null }> {
  const response = await fetchEdge(path, init);
  const body = await response.json<ProblemBody>();
  expect(body.status).toBe(response.status);
  expect(JSON.stringify(body)).not.toMatch(/\.ts|at \w+ \(/);
  return { ...body, type: response.headers.get("content-type") };
}

test.each([
  ["broken JSON", "{", "invalid_json", 400],
  ["no JSON object", "[]", "invalid_request", 400],
  ["an empty object", "{}", "invalid_request", 400],
  ["a device that is no id", JSON.stringify({ device: "../x", sentAt: 1 }), "invalid_request", 400],
  [
    "a cursor that is no number",
    JSON.stringify({ device: newDevice(), sentAt: 1, cursor: "1" }),
    "invalid_request",
    400,
  ],
  ["a body over the limit", JSON.stringify({ pad: "x".repeat(70_000) }), "body_too_large", 413],
  [
    "too many entries",
    JSON.stringify({ device: newDevice(), sentAt: 1, entries: Array.from({ length: 501 }, () => 1) }),
    "too_many_entries",
    413,
  ],
  ["deep nesting", "[".repeat(60_000), "invalid_json", 400],
])("refuses %s with a problem that has a code", async (_what, body, code, status) => {
  const answer = await problem("/v1/sync", { method: "POST", body });
  expect(answer).toMatchObject({ code, status, type: "application/problem+json" });
});

test("says at which path a request is wrong", async () => {
  const { body } = await post<ProblemBody>("/v1/sync", { device: newDevice(), sentAt: "now" });
  expect(body.errors?.map(({ path }) => path)).toEqual(["sentAt"]);
});

test("answers an unknown path and a wrong method with a problem", async () => {
  expect(await problem("/v1/nothing")).toMatchObject({ code: "not_found", status: 404 });
  expect(await problem("/v1/manifest/0123456789abcdef")).toMatchObject({ code: "not_found", status: 404 });
  for (const [method, path, allowed] of [
    ["GET", "/v1/sync", "POST"],
    ["PUT", "/v1/sync", "POST"],
    ["POST", "/v1/manifest", "GET"],
    ["POST", "/v1/manifest/0123456789abcdef", "GET"],
    ["POST", "/murmur.js", "GET"],
  ] as const) {
    const response = await fetchEdge(path, { method });
    expect([response.status, response.headers.get("allow")]).toEqual([405, allowed]);
  }
});

test("an id is kept as it is, whatever its characters; half a character is none", async () => {
  const device = newDevice();
  const ids = ["é", "e\u0301", "order:😀", "a\u0000b", "a\u0000c", "__proto__", "x".repeat(128)];
  const half = "order:😀".slice(0, -1);
  const { accepted, rejected } = await sync(
    device,
    [...ids, half].map((id) => ({ ...viewed(), id })),
  );
  expect([accepted, JSON.stringify(rejected.map(({ id }) => id))]).toEqual([7, JSON.stringify([half])]);
  const { entries } = await sync(device);
  expect(JSON.stringify(entries.map(({ id }) => id))).toBe(JSON.stringify(ids));
});

test("keys that reach for a prototype stay plain data", async () => {
  const device = newDevice();
  const hostile = `{"type":"event","id":"h1","name":"Product Viewed","timestamp":${Date.now()},"properties":{"__proto__":{"category":"running-shoes"},"constructor":{"prototype":{"x":1}}}}`;
  const body = `{"device":"${device}","sentAt":${Date.now()},"entries":[${hostile}]}`;
  expect((await post("/v1/sync", body)).status).toBe(200);
  expect(({} as Record<string, unknown>)["category"]).toBeUndefined();
  const shoes = await sync(device, [viewed(), viewed(), viewed()]);
  expect(shoes.segments).not.toContain("running-shoe-intent");
});
