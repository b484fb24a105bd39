import { EXPRESSION } from "../expression.ts";

/** Where a position of an HTML text stands. */
export type HtmlPlace =
  | { in: "text" }
  | { in: "comment" }
  | { in: "tag" }
  /** In an element whose content is no HTML. */
  | { in: "raw"; tag: string }
  /** In a quoted attribute's value: what of it stands before. */
  | { in: "attribute"; tag: string; name: string; before: string };

const RAW =
  /^(?:script|style|textarea|title|iframe|noscript|noembed|noframes|xmp|template|plaintext|svg|math)$/;

/** Where each expression of an HTML text stands, in order: one pass, however it is written. */
export function htmlPlaces(html: string): HtmlPlace[] {
  // What stands for a value is no markup.
  const reader = new HtmlReader(html.replace(EXPRESSION, (written) => "x".repeat(written.length)));
  return [...html.matchAll(EXPRESSION)].map(({ index }) => reader.readTo(index));
}

class HtmlReader {
  readonly #html: string;
  #at = 0;
  #state: "text" | "comment" | "tag" | "value" | "raw" = "text";
  #tag = "";
  #quote = "";
  /** Where the value began. */
  #start = 0;
  /** Where the tag began. */
  #open = 0;

  constructor(html: string) {
    this.#html = html;
  }

  readTo(position: number): HtmlPlace {
    while (this.#at < position) this.#step();
    if (this.#state === "raw") return { in: "raw", tag: this.#tag };
    if (this.#state !== "value") return { in: this.#state };
    const head = this.#html.slice(Math.max(this.#open, this.#start - 100), this.#start - 1);
    const [, name = ""] = /([^\s"'<>/=]+)\s*=\s*$/.exec(head) ?? [];
    const before = this.#html.slice(this.#start, position);
    return { in: "attribute", tag: this.#tag, name: name.toLowerCase(), before };
  }

  #step(): void {
    if (this.#state === "text") this.#text();
    else if (this.#state === "tag") this.#inTag();
    else if (this.#state === "value") this.#until(this.#quote, "tag");
    else if (this.#state === "comment") this.#until("-->", "text");
    else this.#until(`</${this.#tag}`, "text");
  }

  #text(): void {
    const at = this.#at++;
    if (this.#html.startsWith("<!--", at)) {
      this.#state = "comment";
      this.#at = at + 4;
    } else if (this.#html[at] === "<" && /[a-z/!?]/i.test(this.#html[at + 1] ?? "")) {
      const [, name = ""] = /^<([a-z][^\s/>]{0,30})/i.exec(this.#html.slice(at, at + 40)) ?? [];
      this.#tag = name.toLowerCase();
      this.#open = at;
      this.#state = "tag";
    }
  }

  #inTag(): void {
    const sign = this.#html[this.#at++]!;
    if (sign === ">") this.#state = RAW.test(this.#tag) ? "raw" : "text";
    if (sign !== '"' && sign !== "'") return;
    this.#state = "value";
    this.#quote = sign;
    this.#start = this.#at;
  }

  #until(end: string, next: "text" | "tag"): void {
    const found = this.#html.slice(this.#at, this.#at + end.length).toLowerCase() === end;
    this.#at += found ? end.length : 1;
    if (found) this.#state = next;
  }
}
