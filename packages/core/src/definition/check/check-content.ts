import { EXPRESSION, landing, URL_ATTRIBUTE } from "../expression.ts";
import { htmlPlaces, type HtmlPlace } from "./html-place.ts";
import { describe, didYouMean, isRecord, type Issues, type Path } from "./issues.ts";

const ROOTS = ["traits", "measures", "context"];

/** Attributes that hold text, and nothing that a browser acts on. */
const TEXT_ATTRIBUTE =
  /^(?:class|title|alt|value|placeholder|label|lang|dir|width|height|role|aria-.+|data-.+)$/;
/** What a URL must begin with, so that a value cannot say what kind it is. */
const URL_BEGINNING = /^\s*(?:[/?#.]|https?:\/\/|mailto:|tel:)/i;
const UNSAFE_TAG = /^(?:script|style|iframe|object|embed|base|link|meta|frame|param)$/;

/** Checks what is shown: that it is an object, and that every expression in its texts can be filled in safely. */
export function checkContent(
  issues: Issues,
  content: unknown,
  measures: Readonly<Record<string, unknown>>,
  path: Path,
  roots: readonly string[] = ROOTS,
): void {
  if (issues.isObject(content, path, "an object of fields"))
    checkFields({ issues, measures, roots }, content, "", path);
}

/** Checks that every expression in the texts of some JSON reads what there is; what becomes of them is not known. */
export function checkExpressions(
  issues: Issues,
  value: unknown,
  measures: Readonly<Record<string, unknown>>,
  path: Path,
  roots: readonly string[],
): void {
  checkFields({ issues, measures, roots, isData: true }, value, "", path);
}

interface Checking {
  issues: Issues;
  measures: Readonly<Record<string, unknown>>;
  /** What paths may begin with. */
  roots: readonly string[];
  /** Whether no field says where its text lands. */
  isData?: true;
}

function checkFields(checking: Checking, value: unknown, field: string, path: Path): void {
  if (typeof value === "string") checkText(checking, value, field, path);
  else if (Array.isArray(value))
    value.forEach((each, at) => checkFields(checking, each, field, [...path, at]));
  else if (isRecord(value))
    for (const [key, inner] of Object.entries(value)) checkFields(checking, inner, key, [...path, key]);
}

function checkText(checking: Checking, template: string, field: string, path: Path): void {
  const { issues, measures, roots, isData } = checking;
  const expressions = [...template.matchAll(EXPRESSION)];
  for (const [written, inner] of expressions) {
    const [root = "", ...rest] = inner!.trim().split(".");
    if (!roots.includes(root) || rest.length === 0 || rest.includes(""))
      issues.add(
        path,
        `${describe(written)} must read ${roots.slice(0, -1).join(", ")} or ${roots.at(-1)}, as {{ traits.firstName | there }}${didYouMean(root, roots)}`,
      );
    const measure = rest.join(".");
    if (root === "measures" && rest.length > 0 && !Object.hasOwn(measures, measure))
      issues.add(
        path,
        `unknown measure ${describe(measure)}${issues.suggestion(measure, Object.keys(measures))}`,
      );
  }
  if (isData || landing(field) !== "html") return;
  const places = htmlPlaces(template);
  expressions.forEach(([written, , otherwise = ""], at) => {
    const problem = htmlProblem(places[at]!, otherwise);
    if (problem) issues.add(path, `${describe(written)} ${problem}`);
  });
}

/** What keeps a value from being put there, in HTML. */
function htmlProblem(place: HtmlPlace, otherwise: string): string | undefined {
  if (/[<>]/.test(otherwise)) return "has markup in its default: write it around the expression";
  if (place.in === "text") return undefined;
  if (place.in === "comment") return "stands in a comment: take it out";
  if (place.in === "tag") return "stands in a tag: put it into an attribute's value, in quotes";
  if (place.in === "raw" || UNSAFE_TAG.test(place.tag))
    return `stands in a <${place.tag}>, where no escaping makes it safe`;
  if (/["']/.test(otherwise)) return "has quotes in its default, in an attribute";
  if (TEXT_ATTRIBUTE.test(place.name)) return undefined;
  if (!URL_ATTRIBUTE.test(place.name))
    return `stands in the attribute ${describe(place.name)}, where no escaping makes it safe`;
  return URL_BEGINNING.test(place.before)
    ? undefined
    : "stands at the beginning of a URL: write its beginning, as / or https://";
}
