import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Runs a module in a Node of its own, which resolves the packages as a stranger's does: by what the build has made. */
function run(code: string): unknown {
  const output = execFileSync("node", ["--input-type=module", "-e", code], { cwd: ROOT, encoding: "utf8" });
  return JSON.parse(output);
}

test("the built core computes a segment, and its schema is an entry of its own", () => {
  const seen = run(`
    import { compile, lifecycle } from "@murmur/core";
    import { definitionSchema } from "@murmur/core/schema";
    const definition = { segments: { buyer: { count: "Order Completed", gte: 1 } } };
    const transitions = compile(definition).profile().record({ id: "a", name: "Order Completed", timestamp: 5 });
    const where = import.meta.resolve("@murmur/core");
    console.log(JSON.stringify({
      transitions, where, schema: definitionSchema.safeParse(definition).success,
      stages: Object.keys(lifecycle().segments).length,
    }));
  `);
  expect(seen).toMatchObject({
    transitions: [{ segment: "buyer", change: "entered", at: 5 }],
    where: expect.stringMatching(/packages\/core\/dist\/index\.js$/),
    schema: true,
    stages: 6,
  });
});

test("the built tag can be imported where there is no page, and has types", () => {
  const seen = run(`
    import { init } from "@murmur/browser";
    console.log(JSON.stringify({ init: typeof init, where: import.meta.resolve("@murmur/browser") }));
  `);
  expect(seen).toMatchObject({ init: "function", where: expect.stringMatching(/browser\/dist\/index\.js$/) });
  for (const [name, type] of [
    ["core/dist/index", "Transition"],
    ["core/dist/schema", "definitionSchema"],
    ["browser/dist/index", "Murmur"],
  ] as const)
    expect(readFileSync(`${ROOT}packages/${name}.d.ts`, "utf8")).toContain(type);
});
