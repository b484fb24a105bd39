import { expect, test } from "vitest";
import { fetchEdge, newDevice } from "./kit/call.ts";

const json = (body: object, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  body: JSON.stringify(body),
  headers,
});

const unproven = json({ device: newDevice(), sentAt: 1, identity: "no token" });

test.each<[string, RequestInit, string, string]>([
  ["/v1/track", json({}), "write_key_invalid", 'Basic realm="murmur", charset="UTF-8"'],
  ["/v1/sync", unproven, "token_invalid", 'Bearer realm="murmur", error="invalid_token"'],
  ["/v1/profile", {}, "token_required", 'Bearer realm="murmur", Device realm="murmur"'],
  ["/v1/admin/audiences", {}, "admin_token_required", 'Bearer realm="murmur"'],
  ["/v1/hooks/generic", json({}), "signature_invalid", 'Signature realm="murmur"'],
])("a 401 of %s says how to say who one is", async (path, init, code, challenge) => {
  const answer = await fetchEdge(path, init);
  expect([answer.status, await answer.json()]).toMatchObject([401, { code }]);
  expect(answer.headers.get("www-authenticate")).toBe(challenge);
});

test("no browser asks a shopper for a password, where a page of the shop's has a wrong write key", async () => {
  const answer = await fetchEdge("/v1/track", json({}, { origin: "https://shop.example" }));
  expect(answer.status).toBe(401);
  expect(answer.headers.get("www-authenticate")).toMatch(/^xBasic /);
});

test("what is no 401 has no challenge", async () => {
  const answer = await fetchEdge("/v1/nothing");
  expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([404, null]);
});

test("who packs a body in an unknown way is told which one is known", async () => {
  const answer = await fetchEdge("/v1/hooks/generic", json({}, { "content-encoding": "br" }));
  expect([answer.status, answer.headers.get("accept-encoding")]).toEqual([415, "gzip"]);
});
