import { several } from "../../terminal/words.ts";
import { html } from "../html.ts";
import { section, type Section } from "../section.ts";

/** What was read, and what could not be. */
export const inputSection: Section = ({ input, later }) => {
  const { files, rows, entries, bad, skipped, repeated, order } = input;
  const left = Object.entries(skipped).map(
    ([reason, many]) => html`<li>${several(many, "row")} left out: ${reason}</li>`,
  );
  return section(
    "input",
    "What was read",
    `${several(rows, "row")} became ${several(entries, "entry", "entries")}, ${order === "sorted" ? "sorted by time" : "in the order of the file"}.`,
    html`<ul>
        ${files.map(
          ({ name, format, garbled = false }) =>
            html`<li>
              ${name}, read as
              <code>${format}</code>${garbled && "; not all of it is UTF-8: letters are lost"}
            </li>`,
        )}${left}
        ${repeated > 0 && html`<li>${several(repeated, "entry", "entries")} left out: the id was there before</li>`}
        ${later > 0 && html`<li>${several(later, "entry", "entries")} left out: later than the end of this report</li>`}
      </ul>
      ${
        bad.count > 0 &&
        html`<h3>${several(bad.count, "bad row")}</h3>
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  <th>where</th>
                  <th class="text">why</th>
                </tr>
              </thead>
              <tbody>
                ${bad.samples.map(
                  ({ file, line, reason }) =>
                    html`<tr>
                      <td class="text">${file}:${line}</td>
                      <td class="text">${reason}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
      }`,
  );
};
