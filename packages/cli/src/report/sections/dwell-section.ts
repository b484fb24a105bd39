import { count, lengthOf } from "../../terminal/words.ts";
import { html } from "../html.ts";
import { section, type Section } from "../section.ts";

/** How long people stay: the middle half of stays on a scale on which each step is ten times the one before. */
export const dwellSection: Section = ({ segments }) => {
  const ended = segments.filter(({ dwell }) => dwell.median !== undefined);
  if (ended.length === 0) return undefined;
  const shortest = Math.min(...ended.map(({ dwell }) => Math.max(1_000, dwell.lowerQuartile!)));
  const longest = Math.max(...ended.map(({ dwell }) => Math.max(2_000, dwell.upperQuartile!)));
  const place = (ms: number): string => {
    const share = Math.log(Math.max(ms, shortest) / shortest) / Math.log(longest / shortest || 2);
    return `${(Math.min(1, Math.max(0, share)) * 100).toFixed(1)}%`;
  };
  const rows = [...ended]
    .sort((a, b) => b.dwell.median! - a.dwell.median!)
    .map(
      ({ id, name, dwell }) =>
        html`<li>
          <span>${name ?? id}</span
          ><i class="range"
            ><u
              style="left:${place(dwell.lowerQuartile!)};right:calc(100% - ${place(dwell.upperQuartile!)})"
            ></u
            ><s style="left:${place(dwell.median!)}"></s></i
          ><b
            >${lengthOf(dwell.median!)}
            <small>${count(dwell.ended)} ended, ${count(dwell.ongoing)} go on</small></b
          >
        </li>`,
    );
  return section(
    "dwell",
    "How long people stay",
    `Stays that ended: the median, and the middle half of them as a band, from ${lengthOf(shortest)} to ${lengthOf(longest)} on a logarithmic scale.`,
    html`<ol class="bars ranges">
      ${rows}
    </ol>`,
  );
};
