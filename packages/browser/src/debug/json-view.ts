import { h } from "./dom.ts";

/** A string, a key (a string with its colon), or a word or number. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON as text, its tokens in colours. */
export function jsonView(value: unknown): HTMLElement {
  const text = JSON.stringify(value, null, 2) ?? String(value);
  const view = h("pre", { class: "json", tabindex: "0", "aria-label": "JSON" });
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token, string, colon] = match;
    const shown = string ?? token;
    const kind = colon !== undefined ? "key" : string !== undefined ? "string" : "word";
    view.append(text.slice(from, match.index), h("span", { class: `json-${kind}` }, shown));
    from = match.index + shown.length;
  }
  view.append(text.slice(from));
  return view;
}
