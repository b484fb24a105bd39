import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse as parseToml } from "smol-toml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { runCli } from "../../packages/cli/test/kit/run-cli.ts";
import { commandFault, settingFault } from "./check-command.ts";
import { typeFaults } from "./check-types.ts";
import { definitionFaults, jsonOf } from "./definitions.ts";
import { dataIn } from "./html.ts";
import { markupFaults } from "./markup.ts";
import { blocks, blocksIn, pages, placeOf, type Block } from "./pages.ts";
import { makeShop, printed, withoutTimes } from "./prints.ts";
import { commandsIn } from "./shell.ts";

const LANGUAGES = new Set(["ts", "tsx", "js", "html", "json", "jsonc", "yaml", "toml", "sh", "sql", "text"]);

const folder = mkdtempSync(join(tmpdir(), "murmur-pages-"));
beforeAll(() => makeShop(folder));
afterAll(() => rm(folder, { recursive: true, force: true }));

const each = (...languages: string[]): [string, Block][] =>
  blocksIn(...languages).map((block) => [placeOf(block), block]);

test("every block says in what language it is, and each of them is checked below", () => {
  const others = blocks.filter(({ language }) => !LANGUAGES.has(language));
  expect(others.map((block) => `${placeOf(block)} ${block.language}`)).toEqual([]);
  // None is written so that it is not seen as one.
  const fences = pages.flatMap(({ text }) => text.match(/^\s*(```|~~~)/gm) ?? []);
  expect(fences.length).toBe(2 * blocks.length);
});

test("TypeScript and JavaScript hold against the types of the packages", () => {
  expect(typeFaults()).toEqual([]);
});

describe("a default export is a murmur.config.ts, of which the command line has nothing to say", () => {
  const definitions = each("ts").filter(([, { code }]) => /^export default define\(/m.test(code));
  test.each(definitions)("%s", async (place, { code }) => {
    const name = `${place.replaceAll(/\W/g, "-")}.ts`;
    writeFileSync(join(folder, name), code);
    const { out, err } = await runCli(["check", name, "--strict"], { cwd: folder });
    // It may have something to tell for information.
    expect(out + err).toMatch(/^ok /m);
    expect(out).not.toMatch(/ (error|warning) /);
  });
});

test.each(each("html"))("%s: the tag and the edge know this markup", (_, block) => {
  expect(markupFaults(block)).toEqual([]);
  for (const data of dataIn(block)) expect(JSON.parse(data)).toBeTypeOf("object");
});

test.each(each("json", "jsonc"))("%s is JSON", (_, block) => {
  expect(jsonOf(block)).toBeTypeOf("object");
});

test("what is of a definition compiles", () => {
  expect(definitionFaults()).toEqual([]);
});

test.each(each("yaml"))("%s is YAML", (_, { code }) => {
  expect(parseYaml(code)).toBeTypeOf("object");
});

test.each(each("toml"))("%s is of a wrangler.toml, with settings that the worker has", (_, { code }) => {
  const { vars = {} } = parseToml(code) as { vars?: object };
  expect(Object.keys(vars).map((name) => [name, settingFault(name)])).toEqual(
    Object.keys(vars).map((name) => [name, undefined]),
  );
});

test.each(each("sh"))("%s: these commands can be given", (_, { page, code }) => {
  const { stderr } = spawnSync("bash", ["-n"], { input: code, encoding: "utf8" });
  expect(stderr).toBe("");
  let within = /^(packages|examples)/.test(page) && !code.startsWith("npm run") ? dirname(page) : ".";
  for (const words of commandsIn(code)) {
    expect([words.join(" "), commandFault(words, within)]).toEqual([words.join(" "), undefined]);
    if (words[0] === "cd") within = words[1]!;
  }
});

describe("what is printed", () => {
  /** What else a text may be, beside what a command prints: whatever looks at it. */
  const OTHERS = new Set(["picture", "Content-Security-Policy"]);
  /** It needs a worker: test/e2e/newcomer.test.ts drives it. */
  const PUSH = /^murmur push /;

  test("is said of each text", () => {
    const texts = blocksIn("text").filter(({ note }) => !OTHERS.has(note));
    expect(texts.map(({ note }) => [note, commandFault(note.split(" "), ".")])).toEqual(
      texts.map(({ note }) => [note, undefined]),
    );
  });

  test.each(each("text").filter(([, { note }]) => !OTHERS.has(note) && !PUSH.test(note)))(
    "%s is what the command prints",
    async (_, { code, note }) => {
      const [, ...args] = note.split(" ");
      const cwd = args[0] === "init" ? mkdtempSync(join(folder, "new-")) : join(folder, "shop");
      const lines = withoutTimes(code).split("\n");
      // Three dots stand for lines that are left out.
      const pattern = lines
        .map((line) => (line === "…" ? "(?:.*\n)*" : `${line.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&")}\n`))
        .join("");
      expect(`${await printed(args, cwd)}\n`).toMatch(new RegExp(`^${pattern}$`));
    },
  );
});

// Of Workers Analytics Engine, which is Cloudflare's alone: the columns are what the worker writes.
test.each(each("sql"))("%s asks for columns that there are", (_, { code }) => {
  expect(code).toMatch(/^SELECT [^]* FROM murmur\b/);
  expect(
    code.match(/\b(blob|double)\d+\b/g)!.filter((column) => !/^(blob[12]|double1)$/.test(column)),
  ).toEqual([]);
});
