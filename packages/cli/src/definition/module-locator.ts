import { parse } from "@babel/parser";
import type { Position } from "./loaded-definition.ts";

/** As much of Babel's syntax tree as is looked at. */
interface Node {
  type: string;
  loc?: { start: { line: number; column: number } };
  [member: string]: unknown;
}

/**
 * Where in a module the value at some keys is written: through object literals, `define(…)`, `satisfies`, constants and
 * spread presets. What a builder makes has no keys of its own in the file: then at its call.
 */
export function moduleLocator(
  text: string,
  value: unknown,
): (keys: readonly (string | number)[]) => Position | undefined {
  let program: Node;
  try {
    program = parse(text, { sourceType: "module", plugins: ["typescript"], errorRecovery: true })
      .program as unknown as Node;
  } catch (error) {
    // It is no module at all: wherever anything is wrong, it is here.
    const { loc } = error as { loc?: { line: number; column: number } };
    return () => loc && { line: loc.line, column: loc.column + 1 };
  }
  const constants = constantsOf(program);
  const exported = (program["body"] as Node[]).find(({ type }) => type === "ExportDefaultDeclaration");
  return (keys) => {
    const root = exported && plain(exported["declaration"] as Node, constants);
    // What a preset's options are refused for has the preset's name in front.
    if (value === undefined) return positionOf(callOf(program, String(keys[0]), String(keys[1])) ?? root);
    let found = root;
    let holder = root;
    for (const key of keys) {
      const next: Node | undefined = holder && memberOf(holder, key, constants);
      if (!next) break;
      found = next;
      holder = plain((next["value"] as Node | undefined) ?? next, constants);
    }
    return positionOf(found);
  };
}

function positionOf(node: Node | undefined): Position | undefined {
  const start = node?.loc?.start;
  return start && { line: start.line, column: start.column + 1 };
}

/** What an expression is about, without what is wrapped around it. */
function plain(node: Node, constants: ReadonlyMap<string, Node>): Node {
  switch (node.type) {
    case "TSSatisfiesExpression":
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "ParenthesizedExpression":
      return plain(node["expression"] as Node, constants);
    case "Identifier": {
      const constant = constants.get(node["name"] as string);
      return constant ? plain(constant, constants) : node;
    }
    case "CallExpression": {
      const callee = node["callee"] as Node;
      const [argument] = node["arguments"] as Node[];
      return callee["name"] === "define" && argument ? plain(argument, constants) : node;
    }
    default:
      return node;
  }
}

/** The property or element of a key; where it may come from something spread, that. */
function memberOf(
  holder: Node,
  key: string | number,
  constants: ReadonlyMap<string, Node>,
): Node | undefined {
  if (holder.type === "ArrayExpression")
    return (holder["elements"] as (Node | null)[])[Number(key)] ?? undefined;
  if (holder.type !== "ObjectExpression") return undefined;
  const properties = holder["properties"] as Node[];
  const own = properties.find((property) => {
    const name = property["key"] as Node | undefined;
    return name && (name["name"] ?? name["value"]) === key;
  });
  if (own) return own;
  const spread = properties.filter(({ type }) => type === "SpreadElement");
  for (const element of spread) {
    const inner = plain(element["argument"] as Node, constants);
    const found = inner.type === "ObjectExpression" ? memberOf(inner, key, constants) : undefined;
    if (found) return found;
  }
  return spread.length === 1 ? spread[0] : undefined;
}

function constantsOf(program: Node): Map<string, Node> {
  const constants = new Map<string, Node>();
  for (const statement of program["body"] as Node[]) {
    const declaration = (
      statement.type === "ExportNamedDeclaration" ? statement["declaration"] : statement
    ) as Node | null;
    if (declaration?.type !== "VariableDeclaration") continue;
    for (const { id, init } of declaration["declarations"] as { id: Node; init: Node | null }[])
      if (init && id.type === "Identifier") constants.set(id["name"] as string, init);
  }
  return constants;
}

/** The call of a preset, or the option of that name in it. */
function callOf(node: unknown, name: string, option: string): Node | undefined {
  if (Array.isArray(node)) {
    for (const each of node) {
      const found = callOf(each, name, option);
      if (found) return found;
    }
    return undefined;
  }
  if (typeof node !== "object" || node === null || !("type" in node)) return undefined;
  const own = node as Node;
  if (own.type === "CallExpression" && (own["callee"] as Node)["name"] === name) {
    const [options] = own["arguments"] as Node[];
    return (options && memberOf(options, option, new Map())) ?? own;
  }
  return callOf(Object.values(own), name, option);
}
