import type { BacktestResult } from "../run/backtest.ts";
import { html, type Html } from "./html.ts";

/** A part of the report: absent where there is nothing to show. */
export type Section = (result: BacktestResult) => Html | undefined;

/** A heading, what it is in a sentence or two, and the thing itself. */
export function section(id: string, title: string, explained: string, body: Html): Html {
  return html`<section id="${id}">
    <h2>${title}</h2>
    <p class="explained">${explained}</p>
    ${body}
  </section>`;
}

/** The id of a segment, and its name where it has one. */
export function nameOf({ segments }: BacktestResult, id: string): string {
  return segments.find((segment) => segment.id === id)?.name ?? id;
}
