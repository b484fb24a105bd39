import type { BacktestResult } from "../../run/backtest.ts";
import { lengthOf } from "../../terminal/words.ts";
import { html, scriptJson } from "../html.ts";
import { section, type Section } from "../section.ts";

/** What a bucket is called, by its length in ms. */
const WIDTHS: Readonly<Record<number, string>> = {
  60_000: "minute",
  3_600_000: "hour",
  86_400_000: "day",
  604_800_000: "week",
};
/** Segments that a chart can be asked to show; of more, the largest. */
const MOST = 200;
const CHECKED = html` checked`;
/** Lines that are there at first. */
const SHOWN = 6;

/** Sizes, entries and exits over time; the page's script draws them. */
export const chartsSection: Section = (result) => {
  const { time } = result;
  if (time.starts.length === 0) return undefined;
  const ids = charted(result);
  const shown = new Set(result.flow?.stages ?? ids.slice(0, SHOWN));
  const segments = result.segments.filter(({ id }) => ids.includes(id));
  const data = {
    starts: time.starts.map((at) => at / 1_000),
    width: time.width / 1_000,
    people: time.people,
    segments: segments.map(({ id, name, sizes, entered, exited }) => ({
      id,
      name: name ?? id,
      sizes,
      entered,
      exited,
    })),
    shown: [...shown],
  };
  const width = WIDTHS[time.width] ?? lengthOf(time.width);
  return html`${section(
      "sizes",
      "Size over time",
      `People in each segment at the end of every ${width}. Choose which to show; days are UTC.`,
      html`<div class="chart" id="chart-sizes"></div>
        <fieldset class="choose" id="choose-sizes">
          <legend>segments shown</legend>
          ${segments.map(
            ({ id, name }) =>
              html`<label
                ><input type="checkbox" value="${id}" ${shown.has(id) && CHECKED} />
                <span>${name ?? id}</span></label
              >`,
          )}
        </fieldset>`,
    )}
    ${section(
      "entries",
      "Entries and exits",
      `How many came (up) and went (down) in every ${width}.`,
      html`<p>
          <label
            >segment
            <select id="choose-entries">
              ${segments.map(({ id, name }) => html`<option value="${id}">${name ?? id}</option>`)}
            </select></label
          >
        </p>
        <div class="chart" id="chart-entries"></div>`,
    )}
    <script type="application/json" id="data">
      ${scriptJson(data)}
    </script>`;
};

function charted({ segments }: BacktestResult): string[] {
  return [...segments]
    .sort((a, b) => Math.max(0, ...b.sizes) - Math.max(0, ...a.sizes))
    .slice(0, MOST)
    .map(({ id }) => id);
}
