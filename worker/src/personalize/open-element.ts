import { onEnd } from "./on-end.ts";

const BLOCKS =
  "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul";

/** What ends the cell of a table, with all that is open in it. */
const CELLS = "caption col colgroup tbody td tfoot th thead tr";

/** Elements whose end tag HTML lets one leave out, and those whose start then ends them. */
const ENDED_BY: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    p: `${BLOCKS} ${CELLS} li dt dd`,
    li: "li",
    dt: "dt dd",
    dd: "dt dd",
    option: "option optgroup hr",
    optgroup: "optgroup hr",
    rt: "rt rp",
    rp: "rt rp",
    td: "td th tr tbody tfoot",
    th: "td th tr tbody tfoot",
    tr: "tr tbody tfoot",
    thead: "tbody tfoot",
    tbody: "tbody tfoot",
    caption: "tr tbody thead tfoot colgroup",
  }).map(([element, starts]) => [element, new Set(starts.split(" "))]),
);

/** Elements within which no start ends what is around them: a table rather than its cells, which may have no end tags themselves. */
const WALLS = new Set(
  `${BLOCKS} button marquee object select svg math template`
    .split(" ")
    .filter((element) => !["address", "div", "p", "hr"].includes(element)),
);

/**
 * An element that is open where the page has been read to. HTMLRewriter, which builds no tree, sees end tags; this sees where
 * an element ends without one. https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
 */
export class OpenElement {
  readonly #name: string;
  #walls = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** Whether it has ended where another element starts. */
  endsAt(element: Element): boolean {
    const { tagName } = element;
    if (this.#walls === 0 && Object.hasOwn(ENDED_BY, this.#name) && ENDED_BY[this.#name]!.has(tagName))
      return true;
    if (Object.hasOwn(ENDED_BY, this.#name) && WALLS.has(tagName)) {
      if (onEnd(element, () => void this.#walls--)) this.#walls++;
    }
    return false;
  }
}
