import { parsers } from "prettier/plugins/html";
import type { Block } from "./pages.ts";

/** An element as Prettier's parser of HTML has it. */
export interface Element {
  name: string;
  attributes: ReadonlyMap<string, string>;
  text: string;
  /** The line on which it begins, from 1. */
  line: number;
}

interface Node {
  kind: string;
  name?: string;
  value?: string;
  attrs?: { name: string; value?: string | null }[];
  children?: Node[];
  sourceSpan: { start: { line: number } };
}

/** Every element of a piece of markup; throws where it is none. */
export function elementsOf(html: string): Element[] {
  const parse = parsers.html.parse as unknown as (text: string, options: object) => Node;
  const found: Element[] = [];
  const walk = (node: Node): void => {
    if (node.kind === "element")
      found.push({
        name: node.name!,
        attributes: new Map(node.attrs!.map(({ name, value }) => [name, value ?? ""])),
        text: node.children!.map(({ value }) => value ?? "").join(""),
        line: node.sourceSpan.start.line + 1,
      });
    for (const child of node.children ?? []) walk(child);
  };
  walk(parse(html, {}));
  return found;
}

/** What a browser runs of scripts; others are data. */
const RUNS = /^(|module|text\/javascript)$/;

/** What stands in scripts that no browser runs: import maps, JSON-LD. */
export function dataIn({ code }: Block): string[] {
  return elementsOf(code)
    .filter(({ name, attributes }) => name === "script" && !RUNS.test(attributes.get("type") ?? ""))
    .map(({ text }) => text);
}

/** The scripts that stand in a block of HTML, each as a block of its own. */
export function scriptsIn(block: Block): Block[] {
  return elementsOf(block.code)
    .filter(
      ({ name, text, attributes }) =>
        name === "script" &&
        text.trim() !== "" &&
        !attributes.has("src") &&
        RUNS.test(attributes.get("type") ?? ""),
    )
    .map(({ text, line }) => ({ ...block, language: "js", code: `${text}\n`, line: block.line + line - 1 }));
}
