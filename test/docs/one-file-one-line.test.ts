import { globSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./pages.ts";

const CORE = "packages/core/src";
const BROWSER = "packages/browser/src";

/** Folders whose files are each one of a kind, and the list of the kind; beside them, files that several of a folder share. */
const KINDS: readonly [what: string, folder: string, list: string, shared: readonly string[]][] = [
  [
    "operators",
    `${CORE}/engine/operators`,
    `${CORE}/engine/operators/operator-of.ts`,
    // Traits are no measure: what reads logs knows of them, too.
    ["aggregate", "kept", "operator-of", "read-value", "traits", "units"],
  ],
  ["lint rules", `${CORE}/lint/rules`, `${CORE}/lint/lint.ts`, []],
  ["journey steps", `${CORE}/journey/steps`, `${CORE}/journey/step-kinds.ts`, []],
  [
    "journey steps that leave the house",
    "worker/src/journeys/steps",
    "worker/src/journeys/deliver-effect.ts",
    [],
  ],
  ["e-mail senders", "worker/src/email/providers", "worker/src/email/email-senders.ts", []],
  ["e-mail hooks", "worker/src/hooks/providers", "worker/src/hooks/email-providers.ts", []],
  ["routes", "worker/src/routes", "worker/src/app.ts", []],
  [
    "formats",
    "packages/cli/src/input/formats",
    "packages/cli/src/input/formats/formats.ts",
    ["formats", "members"],
  ],
  ["commands", "packages/cli/src/commands", "packages/cli/src/grammar.ts", ["input-options"]],
];

const SOURCES = globSync("{packages/*,worker}/src/**/*.ts", { cwd: ROOT }).map((path) => ({
  path,
  text: readFileSync(join(ROOT, path), "utf8"),
}));

/** The files that import a module; not those that describe routes, by the schemas that these check with. */
function importersOf(module: string): string[] {
  return SOURCES.filter(({ path }) => !path.startsWith("worker/src/openapi/"))
    .filter(({ path, text }) =>
      [...text.matchAll(/(?:from |import\()"(\.[^"]+)"/g)].some(
        ([, to]) => relative(".", join(path, "..", to!)) === module,
      ),
    )
    .map(({ path }) => path);
}

test.each(KINDS)("each of the %s is a file that its list alone names", (_, folder, list, shared) => {
  const files = globSync(`${folder}/*.ts`, { cwd: ROOT }).filter(
    (path) => !shared.includes(basename(path, ".ts")),
  );
  expect(files.length).toBeGreaterThan(1);
  const outside = files.map((file) => [
    file,
    importersOf(file).filter((path) => !path.startsWith(`${folder}/`)),
  ]);
  const inFolder = list.startsWith(`${folder}/`);
  expect(outside).toEqual(files.map((file) => [file, inFolder ? [] : [list]]));
  if (inFolder) for (const file of files) expect(importersOf(file)).toContain(list);
});

test("each adapter and consent signal is a file that the build names", () => {
  const build = readFileSync(join(ROOT, "rollup.config.mjs"), "utf8");
  const plugins = SOURCES.filter(
    ({ path, text }) =>
      path.startsWith(`${BROWSER}/adapters/`) && /^export function \w+\(.*\): Plugin \{$/m.test(text),
  );
  const signals = SOURCES.filter(
    ({ path, text }) =>
      path.startsWith(`${BROWSER}/consent/`) && /^export const \w+: ConsentSignal\b/m.test(text),
  );
  const names = [...plugins, ...signals].map(({ path }) => path.slice(BROWSER.length + 1, -".ts".length));
  expect(names.length).toBeGreaterThan(8);
  // Of Shopify's two, shopify.ts chooses one; GPC is asked by every tag, and is in it.
  const without = names.filter((name) => !build.includes(`"${name}"`));
  expect(without.sort()).toEqual(["adapters/shopify", "consent/gpc"]);
});
