import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { grammar } from "../../packages/cli/src/grammar.ts";
import { ROOT } from "./pages.ts";

const page = readFileSync(join(ROOT, "docs/cli.md"), "utf8");

/** Every option of a command and of those that it holds, as `murmur push --url`. */
function optionsOf(command: ReturnType<typeof grammar>, path = command.name()): string[] {
  const own = command.options.map(({ long }) => `${path} ${long!}`);
  return [...own, ...command.commands.flatMap((inner) => optionsOf(inner, `${path} ${inner.name()}`))];
}

test("every option that can be given stands in the page of the command line", () => {
  const options = optionsOf(grammar(() => {}));
  expect(options).toContain("murmur fit rfm --value");
  const named = new Set([...page.matchAll(/--[a-z-]+/g)].map(([name]) => name));
  expect(options.filter((option) => !named.has(option.split(" ").at(-1)!))).toEqual([]);
});
