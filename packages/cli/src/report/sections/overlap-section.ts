import { count, percent } from "../../terminal/words.ts";
import { html } from "../html.ts";
import { nameOf, section, type Section } from "../section.ts";

const SHOWN = 15;

/** The pairs of segments that share the most. */
export const overlapSection: Section = (result) => {
  const pairs = result.overlap.slice(0, SHOWN);
  if (pairs.length === 0) return undefined;
  return section(
    "overlap",
    "Overlap",
    "Segments that share people at the end: those in both, as a part of those in either. Two that are nearly one may be one too many.",
    html`<ol class="bars">
      ${pairs.map(
        ({ a, b, people, jaccard }) =>
          html`<li>
            <span>${nameOf(result, a)} ∩ ${nameOf(result, b)}</span
            ><i style="--share:${jaccard.toFixed(3)}"></i
            ><b>${percent(jaccard)} <small>${count(people)}</small></b>
          </li>`,
      )}
    </ol>`,
  );
};
