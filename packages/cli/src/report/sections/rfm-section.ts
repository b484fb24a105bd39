import { count, percent } from "../../terminal/words.ts";
import { html } from "../html.ts";
import { section, type Section } from "../section.ts";

const SCORES = [1, 2, 3, 4, 5];

/** The grid of recency by frequency: how many are in each square, and how much of the money is theirs. */
export const rfmSection: Section = ({ rfm }) => {
  if (!rfm || rfm.squares.length === 0) return undefined;
  const people = rfm.squares.reduce((sum, square) => sum + square.people, 0);
  const money = rfm.squares.reduce((sum, square) => sum + square.monetary, 0);
  const most = Math.max(...rfm.squares.map((square) => square.people));
  const rows = [...SCORES].reverse().map((recency) => {
    const cells = SCORES.map((frequency) => {
      const square = rfm.squares.find((each) => each.recency === recency && each.frequency === frequency);
      if (!square) return html`<td class="none">0</td>`;
      return html`<td style="--heat:${(square.people / most).toFixed(3)}">
        <b>${count(square.people)}</b><em>${square.cell.replaceAll("-", " ")}</em
        ><small
          >${percent(square.people / people)} of people<br />${percent(money > 0 ? square.monetary / money : undefined)}
          of money</small
        >
      </td>`;
    });
    return html`<tr>
      <th scope="row">R${recency}</th>
      ${cells}
    </tr>`;
  });
  return section(
    "rfm",
    "RFM",
    `${count(people)} buyers at the end: recency from 5 (just bought) at the top to 1, frequency from 1 to 5 (most orders) at the right.`,
    html`<div class="scroll">
      <table class="matrix grid">
        <thead>
          <tr>
            <th></th>
            ${SCORES.map((score) => html`<th>F${score}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`,
  );
};
