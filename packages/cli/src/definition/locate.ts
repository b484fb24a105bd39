import type { Finding, LoadedDefinition, Position } from "./loaded-definition.ts";
import { keysOf } from "./path-keys.ts";
import { positionAt } from "./read-definition.ts";

type Source = Omit<LoadedDefinition, "value"> & { value?: unknown };
type Locator = (keys: readonly (string | number)[]) => Position | undefined;

/** Findings with the places in the file where they stand: what the file does not show, at what is nearest around it. */
export async function located(source: Source, findings: readonly Finding[]): Promise<Finding[]> {
  if (findings.length === 0) return [];
  const locate = await locatorOf(source);
  return findings.map((finding) => {
    const position = finding.position ?? locate(keysOf(finding.path, source.value));
    return position ? { ...finding, position } : finding;
  });
}

async function locatorOf(source: Source): Promise<Locator> {
  if (source.language === "json") return jsonLocator(source.text);
  if (source.language === "yaml") return yamlLocator(source.text);
  const { moduleLocator } = await import("./module-locator.ts");
  return moduleLocator(source.text, source.value);
}

async function jsonLocator(text: string): Promise<Locator> {
  const { findNodeAtLocation, parseTree } = await import("jsonc-parser");
  const root = parseTree(text, [], { allowTrailingComma: true });
  return (keys) => {
    if (!root) return undefined;
    for (let length = keys.length; length >= 0; length--) {
      const node = findNodeAtLocation(root, keys.slice(0, length));
      // The key, where there is one: that is what a reader looks for.
      if (node) return positionAt(text, node.parent?.type === "property" ? node.parent.offset : node.offset);
    }
    return undefined;
  };
}

async function yamlLocator(text: string): Promise<Locator> {
  const { isMap, isNode, isScalar, parseDocument } = await import("yaml");
  const document = parseDocument(text);
  return (keys) => {
    for (let length = keys.length; length > 0; length--) {
      const parent = length === 1 ? document.contents : document.getIn(keys.slice(0, length - 1), true);
      const last = keys[length - 1];
      if (isMap(parent)) {
        const pair = parent.items.find(({ key }) => isScalar(key) && key.value === last);
        if (pair && isNode(pair.key) && pair.key.range) return positionAt(text, pair.key.range[0]);
      }
      const node = document.getIn(keys.slice(0, length), true);
      if (isNode(node) && node.range) return positionAt(text, node.range[0]);
    }
    return { line: 1, column: 1 };
  };
}
