import type { Rate } from "../../figures/conversion.ts";
import { count, lengthOf, percent } from "../../terminal/words.ts";
import { html, type Html } from "../html.ts";
import { section, type Section } from "../section.ts";

/** Whether members convert more often than the others. */
export const conversionSection: Section = ({ segments, conversion }) => {
  const { event, horizon, checkpoints } = conversion;
  const compared = segments.filter(
    ({ conversion: { members, others } }) => members.people > 0 && others.people > 0,
  );
  const within = lengthOf(horizon);
  if (compared.length === 0) return undefined;
  const highest = Math.max(
    0.01,
    ...compared.flatMap(({ conversion: { members, others } }) => [members.high ?? 0, others.high ?? 0]),
  );
  const rows = [...compared]
    .sort((a, b) => (b.conversion.lift ?? 0) - (a.conversion.lift ?? 0))
    .map(({ id, name, conversion: { members, others, lift } }) => {
      const said = lift === undefined ? "–" : `${lift.toFixed(lift < 10 ? 1 : 0)}×`;
      return html`<li>
        <span>${name ?? id}</span
        ><i class="range pair">${mark(members, highest, "of-members")}${mark(others, highest, "of-others")}</i
        ><b
          >${said}
          <small
            >${percent(members.rate)} of ${count(members.people)}, others ${percent(others.rate)}</small
          ></b
        >
      </li>`;
    });
  return section(
    "conversion",
    `${event} within ${within}: members and others`,
    `At ${checkpoints} checkpoints, ${within} apart, everybody seen by then is a member or not, and does it within ${within} or not. ` +
      `Filled: members; hollow: others; the bands are 95 % intervals. A comparison, not an experiment: that members do it more often does not say why.`,
    html`<ol class="bars ranges">
      ${rows}
    </ol>`,
  );
};

function mark({ rate = 0, low = 0, high = 0 }: Rate, highest: number, kind: string): Html {
  const place = (share: number): string => `${((share / highest) * 100).toFixed(1)}%`;
  return html`<u class="${kind}" style="left:${place(low)};right:calc(100% - ${place(high)})"></u
    ><s class="${kind}" style="left:${place(rate)}"></s>`;
}
