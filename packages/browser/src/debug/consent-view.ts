import { h, setAttribute, setText } from "./dom.ts";
import { jsonWords } from "./filter-words.ts";
import type { Model } from "./model.ts";
import type { ConsentState, Look } from "./source.ts";
import type { View } from "./view.ts";

type Purpose = keyof Look["consent"];

const PURPOSES: Readonly<Record<Purpose, { title: string; text: string }>> = {
  analytics: { title: "Analytics", text: "Records what happens here, and delivers it." },
  personalization: { title: "Personalization", text: "Evaluates segments and fills slots." },
  marketing: { title: "Marketing", text: "Journeys, webhooks, one profile over several devices." },
};

const STATE_WORDS: Readonly<Record<ConsentState, string>> = {
  granted: "Granted",
  denied: "Denied",
  pending: "Not decided",
};

/** What the visitor has agreed to, and who the tag takes this device for. */
export class ConsentView implements View {
  readonly id = "consent";
  readonly label = "Consent";
  readonly element = h("div");
  readonly #pills = new Map<Purpose, HTMLElement>();
  readonly #device = h("dl", { class: "pairs" });
  readonly #context = h("dl", { class: "pairs" });
  readonly #contextTitle = h("h3", { class: "group-title" }, "This visit");

  constructor() {
    const purposes = h("ul", { class: "purposes" });
    for (const [purpose, { title, text }] of Object.entries(PURPOSES)) {
      const pill = h("span", { class: "pill" });
      this.#pills.set(purpose as Purpose, pill);
      purposes.append(
        h(
          "li",
          { "data-purpose": purpose },
          h(
            "span",
            { class: "row-main" },
            h("span", { class: "row-title" }, title),
            h("span", { class: "row-text" }, text),
          ),
          pill,
        ),
      );
    }
    const deviceTitle = h("h3", { class: "group-title" }, "This device");
    this.element.append(purposes, deviceTitle, this.#device, this.#contextTitle, this.#context);
  }

  badge({ look }: Model): { text: string; urgent?: boolean } {
    return Object.values(look.consent).includes("pending") ? { text: "?", urgent: true } : { text: "" };
  }

  update({ look }: Model): void {
    for (const [purpose, pill] of this.#pills) {
      const state = look.consent[purpose];
      setText(pill, STATE_WORDS[state] ?? state);
      setAttribute(pill, "data-kind", state);
    }
    showPairs(this.#device, {
      device: look.device,
      customer: look.subject ?? "not signed in",
      definition: look.manifest?.hash ?? "none yet",
      "at the edge": `rows up to ${look.delivered}`,
    });
    const context = flat(look.context);
    showPairs(this.#context, context);
    this.#contextTitle.hidden = Object.keys(context).length === 0;
  }
}

/** Writes nothing that is there already, so that it can be selected and copied. */
function showPairs(list: HTMLElement, pairs: Readonly<Record<string, string>>): void {
  const entries = Object.entries(pairs);
  while (list.childElementCount > entries.length) list.lastElementChild?.remove();
  entries.forEach(([key, value], at) => {
    const row = list.children[at] ?? list.appendChild(h("div", {}, h("dt"), h("dd")));
    setText(row.children[0]!, key);
    setText(row.children[1]!, value);
  });
}

/** Paths and values: `utm.source`. */
function flat(context: Look["context"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(context).flatMap(([key, value]) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.entries(value).map(([inner, each]) => [`${key}.${inner}`, jsonWords(each)])
        : [[key, jsonWords(value)]],
    ),
  ) as Record<string, string>;
}
