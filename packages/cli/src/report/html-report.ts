import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { BacktestResult } from "../run/backtest.ts";
import { count, instantText } from "../terminal/words.ts";
import { html, Html } from "./html.ts";
import { chartsSection } from "./sections/charts-section.ts";
import { conversionSection } from "./sections/conversion-section.ts";
import { costsSection } from "./sections/costs-section.ts";
import { dwellSection } from "./sections/dwell-section.ts";
import { flowSection } from "./sections/flow-section.ts";
import { inputSection } from "./sections/input-section.ts";
import { overlapSection } from "./sections/overlap-section.ts";
import { rfmSection } from "./sections/rfm-section.ts";
import { segmentsSection } from "./sections/segments-section.ts";

const SECTIONS = [
  chartsSection,
  flowSection,
  rfmSection,
  conversionSection,
  dwellSection,
  overlapSection,
  segmentsSection,
  costsSection,
  inputSection,
];

/** The page may draw with what it brings, and reach nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

/**
 * The report as one page that needs nothing else: no network, no file beside it. Tables and bars are HTML; time series are
 * drawn by uPlot, which is in the page.
 */
export async function htmlReport(result: BacktestResult, title: string): Promise<string> {
  const [chartCode, chartStyle, style, script] = await Promise.all([
    asset("uplot/dist/uPlot.iife.min.js"),
    asset("uplot/dist/uPlot.min.css"),
    asset("@murmur/cli/assets/report.css"),
    asset("@murmur/cli/assets/report.js"),
  ]);
  const { people, first, asOf, segments, definition } = result;
  const facts = [
    [count(people), "people"],
    [count(result.input.entries), "entries"],
    [count(segments.length), "segments"],
  ] as const;
  const period = people > 0 ? `${instantText(first)} to ${instantText(asOf)} UTC` : "nothing happened";
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}" />
        <title>${title}</title>
        <style>
          ${new Html(chartStyle)}
          ${new Html(style)}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p>${period} · definition <code>${definition}</code></p>
          <ul class="facts">
            ${facts.map(([value, what]) => html`<li><b>${value}</b> ${what}</li>`)}
          </ul>
        </header>
        <main>${SECTIONS.map((section) => section(result))}</main>
        <script>
          ${new Html(chartCode)};
        </script>
        <script>
          ${new Html(script)};
        </script>
      </body>
    </html> `;
  return page.text;
}

/** A file of a package, found as an import of it would be. */
async function asset(name: string): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve(name), "utf8");
}
