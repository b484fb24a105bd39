import { interpolate } from "../decide/interpolate.ts";
import type { EmailTemplate } from "../definition/journey.ts";
import type { EmailContent } from "./effect.ts";
import { read, type Scope } from "./fill.ts";

/** The words of an e-mail. Values are escaped for where they land, as in slots: no markup of theirs is ever one. */
export function emailContent(template: EmailTemplate, scope: Scope): EmailContent {
  const words = interpolate({ ...template }, (path) => read(path, scope)) as unknown as EmailContent;
  // A line break in a subject would be another header.
  return { ...words, subject: words.subject.replaceAll(/[\r\n]+/g, " ") };
}
