import { element } from "./element.js";
import {
  formatCount,
  formatGoal,
  formatInterval,
  formatLift,
  formatProbability,
  formatShare,
  formatValue,
} from "./format.js";
import { intervalPlot, reachOf } from "./interval-plot.js";

/** An experiment's results: what came of it first, then of what. */
export function drawExperiment(result) {
  const { experiment, name = experiment, status, allocation, goal } = result;
  return element(
    "article",
    { class: "experiment", "data-experiment": experiment },
    element(
      "div",
      { class: "head" },
      element("h2", {}, name),
      element("span", { class: `tag ${status}` }, status),
      allocation === "bandit" ? element("span", { class: "tag" }, "bandit") : "",
    ),
    element("p", { class: "goal" }, `Goal: ${formatGoal(goal)}`),
    verdict(result),
    table(result),
    facts(result),
  );
}

function nameOf({ id, name = id }) {
  return name;
}

function verdict({ winner, why, variants, sampleRatio }) {
  const won = variants.find(({ id }) => id === winner);
  const kind = won ? "won" : sampleRatio.result === "broken" ? "broken" : "open";
  const heading = won
    ? `${nameOf(won)} wins`
    : sampleRatio.result === "broken"
      ? "Broken split"
      : "No winner";
  return element(
    "div",
    { class: `verdict ${kind}` },
    element("strong", {}, heading),
    element("span", {}, won ? wonBy(won) : why.message),
  );
}

function wonBy({ rateLift }) {
  return rateLift
    ? `It converts ${formatLift(rateLift.lift)} against the control. Were there no difference, fewer than 1 in 20 experiments would be given a winner, however often you look.`
    : "Every other variant converts less often than the control does.";
}

function table(result) {
  const { variants, control } = result;
  const hasValue = variants.some(({ value }) => value);
  const reach = reachOf(variants);
  const heads = ["Variant", "Exposed", "Converted", "Rate", ...(hasValue ? ["Value each"] : [])];
  return element(
    "table",
    {},
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...[...heads, "Lift against control", "To be best"].map((head) =>
          element("th", { scope: "col" }, head),
        ),
      ),
    ),
    element(
      "tbody",
      {},
      ...variants.map((variant) =>
        row(variant, {
          heads,
          reach,
          isControl: variant.id === control,
          isWinner: variant.id === result.winner,
        }),
      ),
    ),
  );
}

function row(variant, { heads, reach, isControl, isWinner }) {
  const { exposed, converted, rate, value, probabilityBest } = variant;
  const texts = [
    formatCount(exposed),
    formatCount(converted),
    formatShare(rate),
    ...(value ? [formatValue(value.perProfile)] : []),
  ];
  return element(
    "tr",
    isWinner ? { class: "winner" } : {},
    element(
      "th",
      { scope: "row" },
      nameOf(variant),
      element("small", {}, `${formatShare(variant.weight)}${isControl ? " · control" : ""}`),
    ),
    ...texts.map((text, at) => element("td", { class: "number", "data-head": heads[at + 1] }, text)),
    element("td", { class: "lift", "data-head": "Lift against control" }, ...lift(variant, reach, isControl)),
    element("td", { class: "best", "data-head": "To be best" }, ...best(probabilityBest)),
  );
}

function lift({ rateLift, valueLift }, reach, isControl) {
  if (isControl) return [element("span", { class: "quiet" }, "the others are compared with it")];
  if (!rateLift) return [element("span", { class: "quiet" }, "nothing to compare yet")];
  const worth = valueLift
    ? [
        element(
          "small",
          {},
          `value each ${formatLift(valueLift.lift)} (${formatInterval(valueLift.interval)})`,
        ),
      ]
    : [];
  return [
    element(
      "span",
      { class: "figures" },
      element("b", {}, formatLift(rateLift.lift)),
      ` (${formatInterval(rateLift.interval)})`,
    ),
    intervalPlot(rateLift, reach),
    ...worth,
  ];
}

function best(probability) {
  return [
    element("span", { class: "figures" }, formatProbability(probability)),
    element("progress", { max: 1, value: probability, "aria-label": "Probability to be best" }),
  ];
}

const SPLITS = {
  ok: (p) => `The split is as it was meant (p = ${p.toPrecision(2)}).`,
  broken: (p) => `The split is not as it was meant (p ${p < 1e-6 ? "< 0.000001" : `= ${p.toPrecision(2)}`}).`,
  too_few: () => "Too few yet to check the split.",
  does_not_apply: () => "A bandit changes its shares: there is no split to check.",
};

function facts({ sampleRatio, heldOut, experiment }) {
  const held = heldOut
    ? ` Held out: ${formatCount(heldOut.exposed)}, of whom ${formatShare(heldOut.rate)} converted.`
    : "";
  return element(
    "p",
    { class: `facts ${sampleRatio.result}` },
    `${SPLITS[sampleRatio.result](sampleRatio.p)}${held} `,
    element("code", {}, experiment),
  );
}
