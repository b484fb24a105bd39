import { count, lengthOf, percent } from "../../terminal/words.ts";
import { html } from "../html.ts";
import { section, type Section } from "../section.ts";

/** Every segment in a line. */
export const segmentsSection: Section = ({ segments, people }) => {
  const rows = segments.map(
    ({ id, name, description, size, entered, exited, dwell }) =>
      html`<tr>
        <th scope="row">
          <b>${name ?? id}</b
          ><code>${id}</code>${description !== undefined && html`<small>${description}</small>`}
        </th>
        <td data-label="in it now">${count(size)}</td>
        <td data-label="of all">${percent(people > 0 ? size / people : undefined)}</td>
        <td data-label="entered">${count(sum(entered))}</td>
        <td data-label="exited">${count(sum(exited))}</td>
        <td data-label="median stay">${dwell.median === undefined ? "–" : lengthOf(dwell.median)}</td>
      </tr>`,
  );
  return section(
    "segments",
    "Segments",
    "How many are in each at the end, and how often people came and went.",
    html`<table class="cards">
      <thead>
        <tr>
          <th>segment</th>
          <th>in it now</th>
          <th>of all</th>
          <th>entered</th>
          <th>exited</th>
          <th>median stay</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`,
  );
};

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
