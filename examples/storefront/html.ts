/** Markup that has been escaped already. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
  toString(): string {
    return this.markup;
  }
}

type Value = string | number | false | undefined | Html | readonly Value[];

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

function render(value: Value): string {
  if (value instanceof Html) return value.markup;
  if (value === false || value === undefined) return "";
  if (typeof value === "object") return value.map(render).join("");
  return escape(String(value));
}

/** Template tag: every value is escaped unless it is itself Html. Attributes must be quoted. */
export const html = (strings: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(strings.reduce((text, part, i) => text + render(values[i - 1]) + part));
