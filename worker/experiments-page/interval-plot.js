import { drawn } from "./element.js";
import { formatInterval, formatLift } from "./format.js";

const [WIDTH, HEIGHT] = [320, 34];
const MIDDLE = HEIGHT / 2;
/** How far the axis reaches at least, and at most: what is wider runs out of the picture. */
const [LEAST, MOST] = [0.1, 2];

/** The same axis for all variants of an experiment: symmetric, so that no change is in the middle. */
export function reachOf(variants) {
  const ends = variants.flatMap(({ rateLift }) =>
    rateLift
      ? [...rateLift.interval, ...rateLift.sequential, rateLift.lift].filter((end) => end !== null)
      : [],
  );
  return Math.min(MOST, Math.max(LEAST, ...ends.map(Math.abs)) * 1.05);
}

/** A lift with both of its intervals. */
export function intervalPlot({ lift, interval, sequential }, reach) {
  const at = (value) => WIDTH / 2 + (Math.min(reach, Math.max(-reach, value)) / reach) * (WIDTH / 2 - 2);
  const span = ([lower, upper]) => [at(lower ?? -reach), at(upper ?? reach)];
  const [outerFrom, outerTo] = span(sequential);
  const [from, to] = span(interval);
  const certain = sequential[0] > 0 ? "up" : sequential[1] !== null && sequential[1] < 0 ? "down" : "open";
  const label = `Lift ${formatLift(lift)}; 95% interval ${formatInterval(interval)}; at any time ${formatInterval(sequential)}`;
  return drawn(
    "svg",
    {
      class: `plot ${certain}`,
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": label,
    },
    drawn("line", { class: "zero", x1: WIDTH / 2, x2: WIDTH / 2, y1: 0, y2: HEIGHT }),
    drawn("line", { class: "outer", x1: outerFrom, x2: outerTo, y1: MIDDLE, y2: MIDDLE }),
    ...[outerFrom, outerTo].map((x) =>
      drawn("line", { class: "outer", x1: x, x2: x, y1: MIDDLE - 5, y2: MIDDLE + 5 }),
    ),
    drawn("rect", {
      class: "inner",
      x: from,
      width: Math.max(2, to - from),
      y: MIDDLE - 5,
      height: 10,
      rx: 2,
    }),
    drawn("line", { class: "estimate", x1: at(lift), x2: at(lift), y1: MIDDLE - 10, y2: MIDDLE + 10 }),
  );
}
