import { entryProblem } from "@murmur/core";
import { describe, expect, test } from "vitest";
import { app } from "../src/app.ts";
import { entrySchema } from "../src/openapi/entry-schema.ts";
import { problemSchema } from "../src/openapi/answers.ts";
import { syncAnswerSchema } from "../src/openapi/sync-operation.ts";
import { healthSchema } from "../src/routes/health.ts";
import { batchExample, messageExamples, syncAnswerExample, syncExample } from "../src/openapi/examples.ts";
import { profileCopySchema } from "../src/openapi/profile-operations.ts";
import { batchAnswerSchema } from "../src/openapi/segment-operations.ts";
import { batchSchema, MESSAGE_TYPES, messageSchemas } from "../src/segment-api/message-schema.ts";
import { syncRequestSchema } from "../src/wire/sync-schema.ts";
import { ADMIN } from "./kit/admin-call.ts";
import { fetchEdge, newDevice, sync, token, viewed } from "./kit/call.ts";
import { leftCart } from "./kit/left-cart.ts";
import { basic, SECRET_KEY, segment } from "./kit/segment-call.ts";

interface Described {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
}

interface Operation {
  requestBody?: { content: Record<string, { schema: Shape }> };
  responses: Record<string, { description: string }>;
  security?: object[];
}

interface Shape {
  properties: Record<string, { maxLength?: number; items?: unknown; pattern?: string }>;
  required: string[];
}

const described = async (): Promise<Described> => (await fetchEdge("/openapi.json")).json();

/** Files, and what is there in local development alone. */
const NOT_DESCRIBED = /^\/(murmur[\w-]*\.js|openapi\.json|v1\/dev\/.*)$/;

test("every call that the worker takes is described, and no other", async () => {
  const { openapi, paths } = await described();
  expect(openapi).toBe("3.1.0");
  const told = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const taken = app.routes
    .filter(({ method, path }) => method !== "ALL" && !NOT_DESCRIBED.test(path))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
  expect(told.sort()).toEqual([...new Set(taken)].sort());
});

test("the description is made of the schemas that check a request", async () => {
  const { paths } = await described();
  const body = paths["/v1/sync"]?.["post"]?.requestBody?.content["application/json"]?.schema;
  expect(body?.required).toEqual(["device", "sentAt"]);
  expect(body?.properties["device"]?.pattern).toBe("^[0-9a-f]{32}$");
  expect(body?.properties["identity"]?.maxLength).toBe(4_096);
  expect(body?.properties["entries"]?.items).toBeTypeOf("object");
});

test("pages elsewhere may read it, and it may be kept", async () => {
  const answer = await fetchEdge("/openapi.json", { headers: { origin: "https://editor.example" } });
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("cache-control")).toBe("public, max-age=300");
});

test("what is answered is what is described", async () => {
  const device = newDevice();
  await sync(device, [viewed(), viewed(), viewed(), viewed()], { slots: ["hero"] });
  const answer = await sync(device, ["no entry"], { slots: ["hero", "banner"] });
  expect(syncAnswerSchema.strict().safeParse(answer).error).toBeUndefined();
  expect(answer.entries.length).toBe(4);
  const problem = await fetchEdge("/v1/sync", { method: "POST", body: "{}" });
  expect(problemSchema.strict().safeParse(await problem.json()).error).toBeUndefined();
  const copy = await fetchEdge("/v1/profile", { headers: { authorization: `Device ${device}` } });
  const { entries, ...rest } = await copy.json<{ entries: unknown[] }>();
  expect(profileCopySchema.strict().safeParse({ entries, ...rest }).error).toBeUndefined();
  expect(entries.length).toBe(4);
  const { customer } = await leftCart(3);
  const whole = await fetchEdge("/v1/profile", {
    headers: { authorization: `Bearer ${await token(customer)}` },
  });
  const onJourney = profileCopySchema.strict().parse(await whole.json());
  expect(onJourney.journeys?.running).toHaveLength(1);
  const batch = await segment("batch", {
    batch: [null, { type: "alias", userId: "ada", previousId: newDevice() }],
  });
  expect(batch.body.rejected).toHaveLength(1);
  expect(batchAnswerSchema.strict().safeParse(batch.body).error).toBeUndefined();
});

test.each<[string, RequestInit]>([
  ["no JSON", { body: "{" }],
  ["a body of another shape", { body: "[]" }],
  ["a body that is too large", { body: `"${"x".repeat(2_000_000)}"` }],
  ["a body that is packed in an unknown way", { body: "{}", headers: { "content-encoding": "br" } }],
  ["a page of elsewhere", { body: "{}", headers: { origin: "https://elsewhere.example" } }],
  ["nobody's word", { body: "{}", headers: { authorization: "none" } }],
])("the problem of %s is one that its call's description names", async (_case, init) => {
  const { paths } = await described();
  for (const [path, operations] of Object.entries(paths))
    for (const [method, { requestBody, responses }] of Object.entries(operations)) {
      if (!requestBody || path.startsWith("/v1/hooks")) continue;
      const authorization = path.startsWith("/v1/admin") ? `Bearer ${ADMIN}` : basic(SECRET_KEY);
      const headers = { authorization, ...init.headers };
      const answer = await fetchEdge(path, { ...init, method: method.toUpperCase(), headers });
      if (answer.ok) continue;
      const { code } = await answer.json<{ code: string }>();
      expect([path, code, responses[answer.status]?.description]).toEqual([
        path,
        code,
        expect.stringContaining(`\`${code}\``),
      ]);
    }
});

test("the examples are what they are examples of", () => {
  expect(syncRequestSchema.strict().safeParse(syncExample).error).toBeUndefined();
  expect(syncExample.entries.map((entry) => entryProblem(entry))).toEqual([undefined]);
  expect(syncAnswerSchema.strict().safeParse(syncAnswerExample).error).toBeUndefined();
  expect(batchSchema.strict().safeParse(batchExample).error).toBeUndefined();
  for (const type of MESSAGE_TYPES) {
    const example = { type, ...messageExamples[type] };
    expect(messageSchemas[type].strict().safeParse(example).error).toBeUndefined();
  }
});

describe("an entry as it is described is an entry as it is checked", () => {
  const good = { type: "event", id: "e1", name: "X", timestamp: 1, properties: {} };
  test.each([
    ["an event", good],
    ["an event without properties", { ...good, properties: undefined }],
    ["an identify", { type: "identify", id: "e1", timestamp: 1, traits: { a: null } }],
    ["an identify without traits", { type: "identify", id: "e1", timestamp: 1 }],
    ["an unknown type", { ...good, type: "page" }],
    ["no id", { ...good, id: "" }],
    ["a long id", { ...good, id: "x".repeat(128) }],
    ["too long an id", { ...good, id: "x".repeat(129) }],
    ["no name", { ...good, name: "" }],
    ["a long name", { ...good, name: "x".repeat(200) }],
    ["too long a name", { ...good, name: "x".repeat(201) }],
    ["half a millisecond", { ...good, timestamp: 0.5 }],
    ["the last instant", { ...good, timestamp: 8.64e15 }],
    ["an instant beyond", { ...good, timestamp: 8.64e15 + 2 }],
    ["a list for properties", { ...good, properties: [] }],
    ["null for properties", { ...good, properties: null }],
    ["text", "event"],
    ["null", null],
  ])("%s", (_what, value) => {
    expect(entrySchema.safeParse(value).success).toBe(entryProblem(value) === undefined);
  });
});

test("/healthz says that the worker answers, and under which definition", async () => {
  const answer = await fetchEdge("/healthz");
  const health = await answer.json<{ manifest: string }>();
  expect(healthSchema.strict().safeParse(health).error).toBeUndefined();
  expect(health.manifest).toBe((await sync(newDevice())).manifest);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect((await fetchEdge("/healthz", { method: "POST" })).headers.get("allow")).toBe("GET");
});
