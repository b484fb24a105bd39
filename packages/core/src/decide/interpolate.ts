import { isObject } from "../log/is-object.ts";
import type { Json } from "../log/entry.ts";
import { EXPRESSION, landing, URL_ATTRIBUTES } from "../definition/expression.ts";
import type { SlotContent } from "../definition/slot.ts";

/** What stands for `path` in `{{ path | default }}`; anything but a text, a number, true or false is missing. */
export type Lookup = (path: string) => unknown;

/** HTML after which a part of a URL comes. */
const IN_URL = new RegExp(`\\s(?:${URL_ATTRIBUTES})\\s*=\\s*["'][^"'<>]*$`, "i");

/**
 * Content with its expressions filled in. A value is data, whatever it holds: it is escaped for where it lands, and never
 * read as an expression. A URL that would run code is left out, and its field with it.
 */
export function interpolate(content: SlotContent, lookup: Lookup): SlotContent {
  return filled(content, "", lookup) as SlotContent;
}

function filled(value: Json, field: string, lookup: Lookup): Json | undefined {
  if (typeof value === "string") return value.includes("{{") ? text(value, field, lookup) : value;
  if (!isObject(value)) return value;
  // A list's elements land where the list does; one that is left out leaves the others in their places.
  if (Array.isArray(value)) return value.map((each) => filled(each, field, lookup) ?? null);
  const fields = Object.entries(value).map(([key, inner]) => [key, filled(inner, key, lookup)] as const);
  return Object.fromEntries(fields.filter(([, inner]) => inner !== undefined)) as Json;
}

function text(template: string, field: string, lookup: Lookup): string | undefined {
  const lands = landing(field);
  const isUrl = lands === "url";
  const isHtml = lands === "html";
  const made = template.replace(EXPRESSION, (_all, path: string, otherwise = "", at: number) => {
    const found = lookup(path.trim());
    let value =
      typeof found === "string" || typeof found === "boolean" || Number.isFinite(found) ? `${found}` : "";
    if (isUrl || (isHtml && IN_URL.test(template.slice(0, at)))) value = urlPart(value);
    else if (isHtml) value = value.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    // The default is the definition's own, as the text around it.
    return value || otherwise.trim();
  });
  return isUrl && !isSafeUrl(made) ? undefined : made;
}

/** A value as one part of a URL. What would lead elsewhere, or is no Unicode, is none. */
function urlPart(value: string): string {
  try {
    return /^\.\.?$/.test(value) ? "" : encodeURIComponent(value).replaceAll("'", "%27");
  } catch {
    return "";
  }
}

/** Whether a URL cannot run code: it names no scheme, or one of these. Read as browsers do (https://url.spec.whatwg.org). */
export function isSafeUrl(url: string): boolean {
  const [, scheme] = /^[\0- ]*([a-z][a-z\d+.-]*):/i.exec(url.replace(/[\t\n\r]/g, "")) ?? [];
  return scheme === undefined || /^(?:https?|mailto|tel)$/i.test(scheme);
}
