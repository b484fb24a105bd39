const whole = new Intl.NumberFormat("en");
const money = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const share = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 2 });
const change = new Intl.NumberFormat("en", {
  style: "percent",
  maximumFractionDigits: 1,
  signDisplay: "exceptZero",
});

/** What is not known yet. */
const NONE = "–";

export const formatCount = (count) => whole.format(count);
export const formatValue = (value) => (value === null ? NONE : money.format(value));
export const formatShare = (value) => (value === null ? NONE : share.format(value));
export const formatLift = (value) => (value === null ? NONE : change.format(value));

/** A probability, which is never certain. */
export function formatProbability(value) {
  if (value > 0.999) return "> 99.9%";
  if (value < 0.001) return "< 0.1%";
  return new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 }).format(value);
}

/** Two ends, of which one may be open. */
export function formatInterval([lower, upper]) {
  return `${lower === null ? "no lower end" : formatLift(lower)} to ${upper === null ? "no upper end" : formatLift(upper)}`;
}

/** A goal in words. */
export function formatGoal({ event, where, value, within }) {
  const events = [event].flat().join(" or ");
  const parts = [events];
  if (where) parts.push(`where ${JSON.stringify(where)}`);
  if (within !== undefined) parts.push(`within ${within} of the first view`);
  if (value !== undefined) parts.push(`worth its “${value}”`);
  return parts.join(", ");
}
