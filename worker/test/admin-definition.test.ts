import { env } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deployed, devicePart, edgeProgram } from "../src/definition.ts";
import { definitionObject, refreshDefinition } from "../src/definition-store/refresh-definition.ts";
import { event, fetchEdge, newDevice, sync } from "./kit/call.ts";

const PUSHED = {
  segments: {
    "looked-once": { count: "Product Viewed", gte: 1 },
    "first-time-buyer": { count: "Order Completed", eq: 1 },
  },
  slots: {
    hero: {
      variants: [{ id: "pushed", when: { segment: "looked-once" }, content: { title: "Hello again" } }],
    },
  },
};

const authorization = `Bearer ${env.ADMIN_TOKEN}`;

function ask(
  method: string,
  body?: unknown,
  headers: Record<string, string> = { authorization },
): Promise<Response> {
  return fetchEdge("/v1/admin/definition", {
    method,
    headers,
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

const goBack = async (): Promise<void> => {
  await ask("DELETE");
};
beforeEach(goBack);
afterEach(goBack);

test("nobody reads or writes it without the operator's token", async () => {
  for (const method of ["GET", "PUT", "DELETE"]) {
    const answer = await ask(method, method === "PUT" ? { definition: PUSHED } : undefined, {
      authorization: "Bearer wrong",
    });
    expect(answer.status).toBe(401);
  }
  expect(devicePart.segments).toHaveProperty("cart-abandoner");
});

test("without a push, what was deployed is in force", async () => {
  const answer = await (await ask("GET")).json();
  expect(answer).toMatchObject({ hash: deployed.hash, from: "deployed", definition: deployed.definition });
});

describe("a push", () => {
  test("is in force at once: in the manifest, for new devices, and for profiles that are there, by their whole log", async () => {
    const device = newDevice();
    const before = await sync(device, [event("Product Viewed", {})], { slots: ["hero"] });
    expect(before.segments).not.toContain("looked-once");
    const put = await ask("PUT", { definition: PUSHED });
    expect(put.status).toBe(200);
    const { hash } = await put.json<{ hash: string }>();
    expect(await (await ask("GET")).json()).toMatchObject({ hash, from: "pushed", definition: PUSHED });
    const shown = await (await fetchEdge("/v1/manifest")).json<{ hash: string }>();
    const part = await (
      await fetchEdge(`/v1/manifest/${shown.hash}/definition`)
    ).json<{ segments: object }>();
    expect(Object.keys(part.segments)).toEqual(Object.keys(PUSHED.segments));
    // The event of before the push counts: a new segment is right from its first minute.
    const after = await sync(device, [], { slots: ["hero"] });
    expect(after.segments).toEqual(["looked-once"]);
    expect(after.slots["hero"]).toMatchObject({ variant: "pushed" });
    expect(after.manifest).toBe(shown.hash);
    expect(edgeProgram.definition.segments).toHaveProperty("looked-once");
  });

  test("is taken back, and profiles are again what they were", async () => {
    const device = newDevice();
    await ask("PUT", { definition: PUSHED });
    expect((await sync(device, [event("Product Viewed", {})])).segments).toEqual(["looked-once"]);
    expect(await (await ask("DELETE")).json()).toEqual({ hash: deployed.hash, from: "deployed" });
    expect((await sync(device, [])).segments).toEqual([]);
  });

  test("of what does not compile is refused with all that is wrong, and changes nothing", async () => {
    const answer = await ask("PUT", { definition: { segments: { a: { cuont: "X" }, b: { segment: "c" } } } });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      code: "definition_invalid",
      errors: [
        { path: "segments.a", message: expect.stringContaining("count") },
        { path: expect.stringContaining("segments.b") },
      ],
    });
    expect(await (await ask("GET")).json()).toMatchObject({ from: "deployed" });
  });

  test("onto another definition than the one that was looked at is refused", async () => {
    await ask("PUT", { definition: PUSHED, expected: deployed.hash });
    const late = await ask("PUT", { definition: { segments: {} }, expected: deployed.hash });
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({
      code: "definition_changed",
      hash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(await (await ask("GET")).json()).toMatchObject({ definition: PUSHED });
  });

  test("whose answer was lost is pushed again, and is what was pushed", async () => {
    const push = { definition: PUSHED, expected: deployed.hash };
    const first = await (await ask("PUT", push)).json();
    const again = await ask("PUT", push);
    expect([again.status, await again.json()]).toEqual([200, first]);
  });

  test.each([
    ["no JSON", "{"],
    ["a list", { definition: [] }],
    ["nothing", {}],
  ])("%s is refused", async (_case, body) => {
    expect((await ask("PUT", body)).status).toBe(400);
  });

  test("over another deployment counts for nothing: what came last does", async () => {
    const object = definitionObject(env)!;
    await object.write(
      { hash: "0123456789abcdef", definition: PUSHED as never, over: "fedcba9876543210" },
      undefined,
    );
    await refreshDefinition(env, "now");
    expect(await (await ask("GET")).json()).toMatchObject({ hash: deployed.hash, from: "deployed" });
  });
});
