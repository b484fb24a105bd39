import { html } from "../html.ts";
import { nameOf, section, type Section } from "../section.ts";

const SHOWN = 10;

/** The rules that cost most. */
export const costsSection: Section = (result) => {
  const dearest = result.costs.slice(0, SHOWN);
  if (dearest.length === 0) return undefined;
  const most = Math.max(...dearest.map(({ microseconds }) => microseconds));
  return section(
    "costs",
    "Slowest rules",
    "Each rule alone, over a sample of whole histories on the machine that made this report: µs an entry, the making of each profile included. Together they cost less than the sum: what several rules ask is computed once.",
    html`<ol class="bars">
      ${dearest.map(
        ({ segment, microseconds }) =>
          html`<li>
            <span>${nameOf(result, segment)}</span><i style="--share:${(microseconds / most).toFixed(3)}"></i
            ><b>${microseconds.toFixed(2)} µs</b>
          </li>`,
      )}
    </ol>`,
  );
};
