import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runCli, type Ran } from "./kit/run-cli.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();
const OLD = { segments: { a: { count: "X", gte: 1 }, b: { count: "X", gte: 2 } }, private: ["Y"] };
const NEW = { segments: { a: { count: "X", gte: 3 }, c: { count: "X", gte: 2 } } };

let server: Server;
let url: string;
/** What the worker was asked, and what it answers: the test of the real one is in test/e2e. */
let asked: { method: string; authorization: string; body: unknown }[];
let answers: Record<string, [status: number, body: unknown, headers?: Record<string, string>]>;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const { method = "", headers } = request;
    asked.push({
      method,
      authorization: headers.authorization ?? "",
      body: text === "" ? undefined : JSON.parse(text),
    });
    const [status, body, more] = answers[method] ?? [404, {}];
    response.writeHead(status, { "content-type": "application/json", ...more }).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder.write("new.json", JSON.stringify(NEW));
});
afterAll(() => void server.close());
beforeEach(() => {
  asked = [];
  answers = {
    GET: [200, { hash: "0123456789abcdef", from: "deployed", definition: OLD }],
    PUT: [200, { hash: "fedcba9876543210", from: "pushed" }],
    DELETE: [200, { hash: "0123456789abcdef", from: "deployed" }],
  };
});

const push = (...flags: string[]): Promise<Ran> =>
  runCli(["push", "new.json", "--url", url, ...flags], {
    cwd: folder.path,
    env: { MURMUR_ADMIN_TOKEN: "secret" },
  });

test("shows what differs, part by part, and pushes over exactly that", async () => {
  const { code, out } = await push("--yes");
  expect(code).toBe(0);
  expect(out).toBe(
    [
      "4 changes to what is in force (deployed 0123456789abcdef):",
      "− private.Y",
      "~ segments.a",
      '    − {"count":"X","gte":1}',
      '    + {"count":"X","gte":3}',
      "− segments.b",
      "+ segments.c",
      "in force fedcba9876543210, pushed; everywhere within seconds\n",
    ].join("\n"),
  );
  expect(asked.map(({ method, authorization }) => [method, authorization])).toEqual([
    ["GET", "Bearer secret"],
    ["PUT", "Bearer secret"],
  ]);
  expect(asked[1]!.body).toEqual({ definition: NEW, expected: "0123456789abcdef" });
});

test("looks only, where it is told to, or where nobody is there to say yes", async () => {
  expect((await push("--dry-run")).code).toBe(0);
  expect(await push()).toMatchObject({ code: 2, err: expect.stringContaining("push with --yes") });
  expect(asked.map(({ method }) => method)).toEqual(["GET", "GET"]);
});

test("goes back to what was deployed", async () => {
  const { out } = await push("--undo");
  expect(out).toContain("in force 0123456789abcdef, as it was deployed");
  expect(asked.map(({ method }) => method)).toEqual(["DELETE"]);
});

describe("what the worker refuses is said, and the code says so", () => {
  test.each([
    [
      409,
      { code: "definition_changed", detail: "aa is in force by now" },
      1,
      "the worker refuses it (definition_changed): aa is in force by now",
    ],
    [
      422,
      {
        code: "definition_invalid",
        detail: "See errors",
        errors: [{ path: "segments.a", message: "is odd" }],
      },
      1,
      "  segments.a is odd",
    ],
    [401, {}, 2, "set MURMUR_ADMIN_TOKEN to its ADMIN_TOKEN"],
    [404, {}, 2, "deploy this version of it first"],
  ])("%i", async (status, body, wanted, said) => {
    answers["PUT"] = [status, body];
    const { code, err } = await push("--yes");
    expect(err).toContain(said);
    expect(code).toBe(wanted);
  });
});

test("what answers, and is no worker, is told apart from one", async () => {
  for (const method of ["GET", "DELETE"]) answers[method] = [200, "<!doctype html>"];
  for (const flag of ["--yes", "--undo"])
    expect(await push(flag)).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("is no address of a worker that takes definitions"),
    });
});

test("an address that leads on to another is told with that one: the token does not go along", async () => {
  const from = { location: "https://edge.shop.example/v1/admin/definition" };
  for (const method of ["GET", "DELETE"]) answers[method] = [301, {}, from];
  for (const flag of ["--yes", "--undo"])
    expect(await push(flag)).toMatchObject({
      code: 2,
      err: expect.stringContaining("name the worker's own address, --url https://edge.shop.example\n"),
    });
});

test("experiments in another order are a change; what differs in nothing else is no definition in force", async () => {
  const experiment = { slot: "s", variants: [{ id: "control", weight: 1 }] };
  const ofOrder = (...ids: string[]): object => ({
    ...NEW,
    experiments: Object.fromEntries(ids.map((id) => [id, experiment])),
  });
  const { definitionDiff } = await import("../src/run/definition-diff.ts");
  const changes = (before: object, after: object): unknown[] =>
    definitionDiff(before as never, after as never);
  expect(changes(ofOrder("a", "b"), ofOrder("a", "b", "c"))).toHaveLength(1);
  expect(changes(ofOrder("a", "b"), ofOrder("b"))).toHaveLength(1);
  expect(changes(ofOrder("a", "b"), ofOrder("b", "a"))).toEqual([
    { section: "experiments", id: "(order)", change: "changed", before: ["a", "b"], after: ["b", "a"] },
  ]);
  folder.write("listed.json", JSON.stringify({ ...NEW, private: ["Y", "Z"] }));
  answers["GET"] = [
    200,
    { hash: "0123456789abcdef", from: "deployed", definition: { ...NEW, private: ["Z", "Y"] } },
  ];
  const { out } = await runCli(["push", "listed.json", "--url", url, "--token", "secret", "--yes"], {
    cwd: folder.path,
  });
  expect(out).toContain(
    "nothing but the order of its parts differs from what is in force (deployed 0123456789abcdef)",
  );
  expect(out).toContain("in force fedcba9876543210, pushed");
});

test("--dry-run pushes nothing, and undoes nothing", async () => {
  expect(await push("--undo", "--dry-run")).toMatchObject({
    code: 2,
    err: expect.stringContaining("--undo"),
  });
  expect(asked).toEqual([]);
});

test("a definition that does not compile is not sent anywhere", async () => {
  folder.write("wrong.json", '{ "segments": { "a": {} } }');
  const { code } = await runCli(["push", "wrong.json", "--url", url, "--token", "secret", "--yes"], {
    cwd: folder.path,
  });
  expect(code).toBe(1);
  expect(asked).toEqual([]);
});

test("without an address or a token it says what to set; where nobody answers, that", async () => {
  const ran = (args: string[]): Promise<Ran> => runCli(["push", "new.json", ...args], { cwd: folder.path });
  expect((await ran([])).err).toContain("--url https://murmur.example, or MURMUR_URL");
  expect((await ran(["--url", url])).err).toContain("set MURMUR_ADMIN_TOKEN");
  for (const wrong of ["here", "localhost:8787", "ftp://murmur.example", "http://"])
    expect((await ran(["--url", wrong, "--token", "x"])).err).toContain(
      `${wrong} is no address: write https`,
    );
  const split = await ran(["--url", url, "--token", "sec\nret"]);
  expect(split).toMatchObject({ code: 2, err: expect.stringContaining("was it copied whole, and alone?") });
  expect(split.err).not.toContain("ret\n");
  expect(asked).toEqual([]);
  expect((await ran(["--url", "http://127.0.0.1:9", "--token", "x"])).err).toMatch(/does not answer \(.+\)/);
});
