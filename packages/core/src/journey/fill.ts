import { EXPRESSION } from "../definition/expression.ts";
import { valueAt } from "../filter/path.ts";
import type { Json } from "../log/entry.ts";

type Values = { readonly [key: string]: Json };

/** What expressions read: `traits`, `measures`, and in templates `data`. */
export interface Scope {
  traits: Values;
  measures: Values;
  data?: Values;
}

const WHOLE = new RegExp(`^${EXPRESSION.source}$`);

/** JSON with the expressions of its texts filled in. A text that is one expression alone becomes the value itself. */
export function fillJson<Value extends Json>(value: Value, scope: Scope): Value {
  return filled(value, scope) as Value;
}

function filled(value: Json, scope: Scope): Json {
  if (typeof value === "string") {
    const whole = WHOLE.exec(value);
    if (!whole) return fillText(value, scope);
    const [, path, otherwise = ""] = whole;
    const found = read(path!.trim(), scope) ?? "";
    return found === "" ? otherwise.trim() : found;
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each: Json) => filled(each, scope));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, scope)]));
}

/** What a value holds is not looked into again. */
function fillText(text: string, scope: Scope): string {
  return text.replace(EXPRESSION, (_all, path: string, otherwise = "") => {
    const value = read(path.trim(), scope);
    const isText = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    return isText && value !== "" ? `${value}` : otherwise.trim();
  });
}

/** The value of a path. A measure's name may have dots in it. */
export function read(path: string, scope: Scope): Json | undefined {
  const measure = /^measures\.(.+)$/.exec(path)?.[1];
  if (measure === undefined) return valueAt(scope, path.split(".")) as Json | undefined;
  return Object.hasOwn(scope.measures, measure) ? scope.measures[measure] : undefined;
}
