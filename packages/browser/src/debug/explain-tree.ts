import type { Comparison, Explanation } from "@murmur/core";
import { h, setAttribute, setClass, setText } from "./dom.ts";
import { icon } from "./icons.ts";
import { endLive, setLive } from "./live.ts";
import { hidden, phrase, Until } from "./parts.ts";
import { parseDuration } from "@murmur/core";
import { aboutWords, comparisonWords, isTime, valueWords, type Measures } from "./words.ts";

/** What stays the same in a tree. */
interface Setting {
  measures: Measures;
  /** How deep the node is. Beyond some depth, there is no more room to step in. */
  depth: number;
}

/** Deeper than this, parts are no further indented. */
const INDENTED = 6;

/** Why a condition is true or false, part by part. Its shape is the condition's; only what was measured changes. */
export class ExplainTree {
  readonly element: HTMLLIElement;
  readonly #setting: Setting;
  readonly #mark = h("span", { class: "mark" });
  readonly #facts = h("p", { class: "facts" });
  readonly #value = h("span", { class: "value" });
  readonly #wanted = h("span", { class: "wanted" });
  readonly #meter = h("span", { class: "meter", "aria-hidden": "true", hidden: "" });
  readonly #fill = h("span", { class: "meter-fill" });
  readonly #until = new Until();
  readonly #parts: ExplainTree[];
  #result: boolean | undefined;

  constructor(explanation: Explanation, setting: Setting) {
    this.#setting = setting;
    const { condition, of = [] } = explanation;
    const { measures, depth } = setting;
    this.#parts = of.map((part) => new ExplainTree(part, { measures, depth: depth + 1 }));
    this.#meter.append(this.#fill);
    this.#facts.append(this.#value, this.#wanted, this.#until.element);
    this.element = h(
      "li",
      {},
      this.#mark,
      h("div", { class: "say" }, h("p", {}, ...phrase(aboutWords(condition))), this.#facts, this.#meter),
    );
    const parts = h("ul", { class: depth < INDENTED ? "tree" : "tree tree-deep" });
    parts.append(...this.#parts.map(({ element }) => element));
    if (of.length > 0) this.element.append(parts);
  }

  /** `now` is when the explanation was made. */
  update(explanation: Explanation, now: number): void {
    const { result, until, wanted, of = [] } = explanation;
    this.#showResult(result);
    if (wanted) this.#showMeasured(explanation, wanted, now);
    // The root's is what its segment says already.
    const own = this.#setting.depth > 0 ? until : undefined;
    this.#until.update(result ? "turns false" : "turns true", own, now);
    this.#facts.hidden = !wanted && own === undefined;
    this.#parts.forEach((part, at) => part.update(of[at]!, now));
  }

  #showResult(result: boolean): void {
    if (result === this.#result) return;
    this.#result = result;
    setClass(this.element, result ? "true" : "false");
    this.#mark.replaceChildren(icon(result ? "check" : "cross"), hidden(result ? "True: " : "False: "));
  }

  #showMeasured({ condition, value, atLeast }: Explanation, wanted: Comparison, now: number): void {
    const ofTime = isTime(condition, this.#setting.measures);
    setText(this.#wanted, `wanted ${comparisonWords(wanted, ofTime)}`);
    const bound = boundOf(wanted, ofTime);
    setAttribute(this.#meter, "hidden", bound === undefined || typeof value === "string" ? "" : undefined);
    const show = (measured: typeof value): void => {
      setText(this.#value, `${valueWords(measured, ofTime)}${atLeast ? " or more" : ""}`);
      const part = bound === undefined ? 0 : Math.min(1, Math.max(0, Number(measured ?? 0) / bound));
      this.#fill.style.inlineSize = `${Math.round(part * 1000) / 10}%`;
    };
    // The time since something goes on by itself.
    if (ofTime && typeof value === "number") setLive(this.#value, now, (time) => show(value + time - now));
    else {
      endLive(this.#value);
      show(value);
    }
  }
}

/** How much fills the meter, where more is better. */
function boundOf({ gt, gte }: Comparison, ofTime: boolean): number | undefined {
  // More than three whole things is four of them.
  const bound = gte ?? (typeof gt === "number" && Number.isInteger(gt) && !ofTime ? gt + 1 : gt);
  const amount = typeof bound === "number" ? bound : parseDuration(bound);
  return amount !== undefined && amount > 0 ? amount : undefined;
}
