import { readFileSync } from "node:fs";
import ts from "@typescript/typescript6";

/** A test as its file has it, before it is run: `%s` and the like still stand for values. */
export interface TestTitle {
  /** Its own title, and before it those of every `describe` around it. */
  titles: readonly string[];
  line: number;
}

/** The tests of a file: calls as `test("…")`, `test.for([…])("…")` and `describe("…")`, read off the source. */
export function testTitles(file: URL): TestTitle[] {
  const source = ts.createSourceFile(file.pathname, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  return testsIn(source, source, []);
}

function testsIn(source: ts.SourceFile, node: ts.Node, around: readonly string[]): TestTitle[] {
  const kind = ts.isCallExpression(node) && node.arguments.length > 1 && kindOf(node);
  const titles = kind ? [...around, titleOf(node.arguments[0]!)] : around;
  const below: TestTitle[] = [];
  ts.forEachChild(node, (child) => {
    below.push(...testsIn(source, child, titles));
  });
  if (kind !== "test") return below;
  return [{ titles, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 }, ...below];
}

/** What `describe(…)`, `test.for(…)(…)` and so on begin with; `it` is `test`. */
function kindOf(call: ts.CallExpression): "describe" | "test" | undefined {
  let callee: ts.Expression = call;
  while (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee)) callee = callee.expression;
  const name = callee.getText();
  if (name === "it") return "test";
  return name === "describe" || name === "test" ? name : undefined;
}

/** Of a template, the source: what stands in front of its values is what counts. */
function titleOf(title: ts.Expression): string {
  return ts.isStringLiteralLike(title) ? title.text : title.getText().replace(/^`/, "");
}
