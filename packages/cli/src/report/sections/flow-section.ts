import { count, percent } from "../../terminal/words.ts";
import { html, type Html } from "../html.ts";
import { nameOf, section, type Section } from "../section.ts";

/** How people went from stage to stage, as a table that is darker where more went. */
export const flowSection: Section = (result) => {
  const { flow } = result;
  if (!flow) return undefined;
  const { stages, began, moves, now } = flow;
  const most = Math.max(1, ...moves.flat());
  const names = stages.map((id) => nameOf(result, id));
  const rows = stages.map((_stage, from) => {
    const left = moves[from]!.reduce((total, many) => total + many, 0);
    const cells = moves[from]!.map((many, to) => {
      if (many === 0) return html`<td class="none">${from === to ? "" : "·"}</td>`;
      const title = `${count(many)} times from ${names[from]!} to ${names[to]!}: ${percent(many / left)} of those who left`;
      return html`<td title="${title}" style="--heat:${heat(many / most)}">${count(many)}</td>`;
    });
    return html`<tr>
      <th scope="row">${names[from]!}</th>
      <td class="plain">${count(began[from]!)}</td>
      ${cells}
      <td class="plain">${count(now[from]!)}</td>
    </tr>`;
  });
  return section(
    "flow",
    "Lifecycle flow",
    "How often somebody went from the stage of a row to that of a column; where they began, and where they are now.",
    html`<div class="scroll">
        <table class="matrix">
          <thead>
            <tr>
              <th>from ↓ to →</th>
              <th>began</th>
              ${names.map((name) => html`<th>${name}</th>`)}
              <th>now</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>
      ${paths(names, moves)}`,
  );
};

/** The busiest ways in words: a table of seven columns is too wide for a phone to be read at a glance. */
function paths(names: readonly string[], moves: readonly (readonly number[])[]): Html {
  const all = moves.flatMap((row, from) => row.map((many, to) => ({ from, to, many })));
  const most = Math.max(1, ...all.map(({ many }) => many));
  const busiest = all
    .filter(({ many }) => many > 0)
    .sort((a, b) => b.many - a.many)
    .slice(0, 8);
  return html`<ol class="bars">
    ${busiest.map(
      ({ from, to, many }) =>
        html`<li>
          <span>${names[from]!} → ${names[to]!}</span><i style="--share:${heat(many / most)}"></i
          ><b>${count(many)}</b>
        </li>`,
    )}
  </ol>`;
}

function heat(share: number): string {
  return share.toFixed(3);
}
