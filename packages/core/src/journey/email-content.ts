import type { EmailTemplate } from "../definition/journey.ts";
import type { EmailContent } from "./effect.ts";
import { fillText, type Scope } from "./fill.ts";

/** The words of an e-mail. Values are escaped for where they land: no markup of theirs is ever one. */
export function emailContent({ subject, html, text }: EmailTemplate, scope: Scope): EmailContent {
  return {
    // A line break in a subject would be another header.
    subject: fillText(subject, scope).replaceAll(/[\r\n]+/g, " "),
    html: fillText(html, scope, inHtml),
    ...(text !== undefined && { text: fillText(text, scope) }),
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
/** Attributes that lead somewhere, up to where their value begins. */
const ADDRESS = /\b(?:href|src|action|background)\s*=\s*["']?\s*$/i;
/** Addresses that lead to a page, or within one. */
const HARMLESS = /^(?:https?:|mailto:|tel:|[/?#]|[^:]*$)/i;

/** A value in HTML text or in an attribute. At the front of an address, one that would run is left out. */
function inHtml(value: string, before: string): string {
  if (ADDRESS.test(before) && !HARMLESS.test(visible(value))) return "";
  return value.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** Without the characters that a browser passes over in an address. */
function visible(value: string): string {
  return [...value].filter((character) => character > " ").join("");
}
