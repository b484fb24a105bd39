import { htmlPlaces, type HtmlPlace } from "../definition/check/html-place.ts";
import { EXPRESSION, landing, URL_ATTRIBUTE } from "../definition/expression.ts";
import type { Escape, TextPlan, ValuePlan } from "../engine/text-plan.ts";

/** Plans the texts of some content that have values in them; where each lands goes by the field that is nearest. */
export function planTexts(content: unknown, field = "", at: TextPlan["at"] = []): TextPlan[] {
  if (typeof content === "string") return planText(content, field, at);
  if (typeof content !== "object" || content === null) return [];
  // A list's elements land where the list does.
  if (Array.isArray(content))
    return content.flatMap((each, position) => planTexts(each, field, [...at, position]));
  return Object.entries(content).flatMap(([key, inner]) => planTexts(inner, key, [...at, key]));
}

function planText(template: string, field: string, at: TextPlan["at"]): TextPlan[] {
  const lands = landing(field);
  const escapes = lands === "html" ? htmlPlaces(template).map(escapeIn) : [];
  const parts: (string | ValuePlan)[] = [];
  let end = 0;
  for (const { 0: written, 1: path, 2: otherwise = "", index } of template.matchAll(EXPRESSION)) {
    if (index > end) parts.push(template.slice(end, index));
    const escape = escapes.shift() ?? (lands === "text" ? 0 : 2);
    parts.push([path!.trim(), escape, otherwise.trim()]);
    end = index + written.length;
  }
  if (end === 0) return [];
  if (end < template.length) parts.push(template.slice(end));
  return [{ at, parts, ...(lands === "url" && { url: true }) }];
}

/** How a value is escaped that stands there, in HTML. */
function escapeIn(place: HtmlPlace): Escape {
  return place.in === "attribute" && URL_ATTRIBUTE.test(place.name) ? 2 : 1;
}
