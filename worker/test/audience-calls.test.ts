import { describe, expect, test } from "vitest";
import { admin } from "./kit/admin-call.ts";
import { fetchEdge, token, type ProblemBody } from "./kit/call.ts";

const SHOES = "running-shoe-intent";

describe("the operator's calls", () => {
  const paths = ["/audiences", `/audiences/${SHOES}/members`];

  test.each(["", "x", "an-admin-token-of-the-test", "an-admin-token-of-the-tests2"])(
    "are refused with the token %j",
    async (wrong) => {
      for (const path of paths) {
        const answer = await admin(path, {}, wrong);
        expect([answer.status, (await answer.json<ProblemBody>()).code]).toEqual([
          401,
          "admin_token_required",
        ]);
        expect(answer.headers.get("cache-control")).toBe("no-store");
      }
    },
  );

  test("are refused without a token, and with a customer's", async () => {
    expect((await fetchEdge("/v1/admin/audiences")).status).toBe(401);
    expect((await admin("/audiences", {}, await token("ada"))).status).toBe(401);
    expect((await fetchEdge("/v1/admin/audiences", { method: "POST" })).status).toBe(401);
  });

  test.each([
    ["/audiences/nobody/members", 404],
    ["/audiences/__proto__/members", 404],
    [`/audiences/${SHOES}/members?shard=1`, 400],
    [`/audiences/${SHOES}/members?shard=zz`, 400],
    [`/audiences/${SHOES}/members?after=ada`, 400],
    [`/audiences/${SHOES}/members?after=%27%20OR%201=1`, 400],
  ])("that make no sense are told so: %s", async (path, status) => {
    const answer = await admin(path);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
  });

  test.each([
    ["{}"],
    ["{"],
    ['{"profiles":[]}'],
    ['{"profiles":["x"]}'],
    [JSON.stringify({ profiles: ["0".repeat(64)] })],
  ])("to rebuild from what are no profiles are refused: %s", async (body) => {
    expect((await admin("/audiences/rebuild", { method: "POST", body })).status).toBe(400);
  });

  test("answer NDJSON that nobody keeps", async () => {
    const answer = await admin(`/audiences/${SHOES}/members`);
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });
});
