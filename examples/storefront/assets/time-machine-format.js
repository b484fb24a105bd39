// @ts-check

/** @type {Intl.DateTimeFormatOptions} */
const day = { weekday: "short", day: "numeric", month: "short" };

const dateFormat = new Intl.DateTimeFormat("en-GB", { ...day, year: "numeric" });
const timeFormat = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const instantFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

/** @param {number} at */
export const formatDate = (at) => dateFormat.format(at);

/** @param {number} at */
export const formatTime = (at) => timeFormat.format(at);

/** @param {number} at */
export const formatInstant = (at) => instantFormat.format(at);

/** @type {[name: string, milliseconds: number][]} */
const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1000],
];

/**
 * The two largest units: "1 h 59 min".
 * @param {number} milliseconds
 */
export function formatDuration(milliseconds) {
  let rest = Math.max(0, Math.ceil(milliseconds / 1000) * 1000);
  const first = units.findIndex(([, size]) => rest >= size);
  if (first === -1) return "a moment";
  return units
    .slice(first, first + 2)
    .flatMap(([name, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count > 0 ? [`${count} ${name}`] : [];
    })
    .join(" ");
}
