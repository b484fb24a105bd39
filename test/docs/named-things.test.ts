import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { isTaken } from "./calls.ts";
import { commandFault } from "./check-command.ts";
import { fromPage, pages, ROOT, type Page } from "./pages.ts";
import { commandsIn } from "./shell.ts";

/** Every file that is kept or built, from the root. */
const FILES = globSync("{*,.*,{.changeset,.ci,docs,etc,examples,packages,test,tools,worker}/**/*}", {
  cwd: ROOT,
  exclude: (path) => basename(path) === "node_modules",
});

/** All that is kept or built of code, where settings and variables of the environment are read. */
const SOURCES = FILES.filter((file) =>
  /^(packages\/\w+\/src|worker\/src|test|tools|examples)\/.*\.(ts|mjs)$/.test(file),
)
  .map((file) => readFileSync(join(ROOT, file), "utf8"))
  .join("\n");

/** What is named so by others: OpenFeature's own event. */
const OTHERS = new Set(["PROVIDER_CONFIGURATION_CHANGED"]);

/** Files that the command line writes for who uses it. */
const WRITTEN = new Set(["murmur-backtest.html"]);

const FILE = /^(?:[\w.@-]+\/)*[\w.-]+\.(?:tsx?|mjs|jsx?|jsonc?|md|toml|css|html|yaml)$/;
const PLACE = /^(?:packages|worker|test|docs|tools|examples|etc)\/[\w./-]+$/;
const CALL = /^(GET|POST|PUT|DELETE) (\/\S*)$/;
const COMMAND = /^(?:npm|npx|node|curl|wrangler) /;
/** What of `murmur` is a command line, and no name of a product. */
const MURMUR = /^murmur [a-z-]+( |$)/;

const anchorsOf = ({ text }: Page): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );

describe.each(pages.map((page) => [page.path, page] as const))("%s", (path, page) => {
  test("names files and folders that there are", () => {
    const named = page.spans.filter((span) => FILE.test(span) || PLACE.test(span));
    const lost = named.filter(
      (name) =>
        !WRITTEN.has(name) && !FILES.some((file) => `/${file}`.endsWith(`/${name.replace(/\/$/, "")}`)),
    );
    expect(lost).toEqual([]);
  });

  test("names calls that the worker takes", () => {
    const lost = page.spans.filter((span) => {
      const [, method, called] = CALL.exec(span) ?? [];
      return method && !isTaken(method, called!);
    });
    expect(lost).toEqual([]);
  });

  test("names commands that can be given", () => {
    const written = page.spans.filter((span) => COMMAND.test(span) || MURMUR.test(span));
    const faults = written.flatMap((span) => commandsIn(span).map((words) => commandFault(words, ".")));
    expect(faults.filter(Boolean)).toEqual([]);
  });

  test("names settings that there are", () => {
    const named = page.spans.flatMap(
      (span) => /^([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?: = .*)?$/.exec(span)?.[1] ?? [],
    );
    expect(named.filter((name) => !OTHERS.has(name) && !SOURCES.includes(name))).toEqual([]);
  });

  test("leads to pages and headings that there are", () => {
    const links = [...page.text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, to]) => to!);
    const lost = links.filter((link) => {
      const [file = "", anchor] = link.split("#");
      const to = file === "" ? path : fromPage(path, file);
      if (!existsSync(join(ROOT, to))) return true;
      const target = pages.find((one) => one.path === to);
      return anchor !== undefined && !(target && anchorsOf(target).includes(anchor));
    });
    expect(lost).toEqual([]);
  });
});

test("docs/architecture.md says of every room of the house what it owns", () => {
  const { text } = pages.find(({ path }) => path === "docs/architecture.md")!;
  const parts = ["packages/core", "packages/cli", "packages/browser", "worker"];
  const lost = parts.flatMap((part) => {
    const section = text.slice(text.indexOf(`\`${part}/src\``)).split(/^## /m)[0]!;
    const rooms = FILES.filter(
      (file) => file.startsWith(`${part}/src/`) && file.split("/").length > part.split("/").length + 2,
    );
    return [...new Set(rooms.map((file) => file.slice(`${part}/src/`.length).split("/")[0]!))]
      .filter((room) => !section.includes(`| \`${room}/\``))
      .map((room) => `${part}/src/${room}`);
  });
  expect(lost).toEqual([]);
});
