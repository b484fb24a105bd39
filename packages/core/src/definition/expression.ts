/** `{{ path }}` and `{{ path | default }}` in a text of some content. What does not look like it is text. */
export const EXPRESSION = /\{\{([^{}|]+)(?:\|([^{}]*))?\}\}/g;

/** The attributes of HTML in which a value is part of a URL. */
export const URL_ATTRIBUTE = /^(?:href|src|action)$/;

/** Whether a field of content is HTML, by its name. */
export function isMarkup(field: string): boolean {
  return /html$/i.test(field);
}

/** Where the texts of a field of content land, by its name: in HTML, in a URL, or as text. */
export function landing(field: string): "html" | "url" | "text" {
  if (isMarkup(field)) return "html";
  return /(?:href|src|url|link|image)$/i.test(field) ? "url" : "text";
}

/** The paths of all expressions in some content. */
export function pathsIn(content: unknown): string[] {
  if (typeof content === "string") return [...content.matchAll(EXPRESSION)].map(([, path]) => path!.trim());
  return typeof content === "object" && content !== null ? Object.values(content).flatMap(pathsIn) : [];
}

/** The named measures that some content reads. */
export function measuresIn(content: unknown): string[] {
  return pathsIn(content).flatMap((path) => (path.startsWith("measures.") ? [path.slice(9)] : []));
}
