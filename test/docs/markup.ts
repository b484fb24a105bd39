import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SLOT_TARGETS } from "@murmur/core";
import { elementsOf, type Element } from "./html.ts";
import { ROOT, type Block } from "./pages.ts";

/** The settings that the tag reads of its script element, as it names them itself. */
const SETTINGS = new Set(
  /const \{ ([^}]+) \} = script\.dataset/
    .exec(readFileSync(join(ROOT, "packages/browser/src/tag.ts"), "utf8"))![1]!
    .split(",")
    .map((name) => `data-${/\w+/.exec(name)![0]}`),
);

/** All that the tag, its adapters and the edge are made of: what they look for in a page stands there. */
const SOURCES = globSync("{packages/browser,worker}/src/**/*.ts", { cwd: ROOT })
  .map((path) => readFileSync(join(ROOT, path), "utf8"))
  .join("\n");

/** What is wrong in a piece of markup: an attribute that nobody reads, a setting that the tag has not, a file that it has not. */
export function markupFaults({ code }: Block): string[] {
  return elementsOf(code).flatMap((element) => [...attributeFaults(element), ...scriptFaults(element)]);
}

function attributeFaults({ attributes }: Element): string[] {
  return [...attributes.keys()]
    .filter((name) => name.startsWith("data-murmur-") && !isRead(name))
    .map((name) => `nobody reads ${name}`);
}

function isRead(name: string): boolean {
  if (SLOT_TARGETS.some((target) => name === `data-murmur-${target}`)) return true;
  return name.startsWith("data-murmur-prop-") || new RegExp(`${name}(?![\\w-])`).test(SOURCES);
}

function scriptFaults({ name, attributes }: Element): string[] {
  const [, file] = /\/(murmur[^/]*\.js)$/.exec(attributes.get("src") ?? "") ?? [];
  if (name !== "script" || !file) return [];
  const words = (setting: string): string[] => (attributes.get(setting) ?? "").split(/\s+/).filter(Boolean);
  const files = [
    file,
    ...words("data-plugins").map((plugin) => `murmur-${plugin}.js`),
    ...words("data-consent")
      .filter((word) => !/^opt-(in|out)$/.test(word))
      .map((signal) => `murmur-consent-${signal}.js`),
  ];
  const settings = [...attributes.keys()].filter((one) => one.startsWith("data-"));
  return [
    ...settings.filter((one) => !SETTINGS.has(one)).map((one) => `the tag has no setting ${one}`),
    ...files
      .filter((one) => !existsSync(join(ROOT, "packages/browser/dist", one)))
      .map((one) => `the build makes no ${one}`),
  ];
}
