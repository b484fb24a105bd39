import { pathReader } from "../filter/path.ts";
import type { Json } from "../log/entry.ts";

/** What placeholders read: `traits`, `measures`, and in templates `data`. */
export interface Scope {
  traits: { readonly [key: string]: Json };
  measures: { readonly [key: string]: Json };
  data?: { readonly [key: string]: Json };
}

const PLACEHOLDER = /\{\{\s*([^{}|]+?)\s*(?:\|([^{}]*))?\}\}/g;
const WHOLE = /^\{\{\s*([^{}|]+?)\s*\}\}$/;

/** JSON with the placeholders of its texts filled. A text that is one placeholder alone becomes the value itself. */
export function fillJson<Value extends Json>(value: Value, scope: Scope): Value {
  return filled(value, scope) as Value;
}

function filled(value: Json, scope: Scope): Json {
  if (typeof value === "string") {
    const whole = WHOLE.exec(value);
    return whole ? (read(whole[1]!, scope) ?? "") : fillText(value, scope);
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each: Json) => filled(each, scope));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, scope)]));
}

/** A text with its placeholders filled: each value as `write` writes it. What a value holds is not looked into again. */
export function fillText(
  text: string,
  scope: Scope,
  write: (value: string, before: string) => string = (value) => value,
): string {
  return text.replace(PLACEHOLDER, (_all, path: string, fallback: string | undefined, at: number) => {
    const value = read(path, scope);
    const isText = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    return write(isText && value !== "" ? `${value}` : (fallback ?? "").trim(), text.slice(0, at));
  });
}

function read(path: string, scope: Scope): Json | undefined {
  return pathReader(path)(scope) as Json | undefined;
}
