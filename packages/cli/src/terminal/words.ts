const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
] as const;

/** A length of time in the largest two units that it has: `3 d 4 h`. */
export function lengthOf(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const at = UNITS.findIndex(([, size]) => ms >= size);
  const [unit, size] = UNITS[at]!;
  const whole = Math.floor(ms / size);
  const [nextUnit, nextSize] = UNITS[at + 1] ?? ["", 0];
  const rest = nextSize > 0 ? Math.floor((ms - whole * size) / nextSize) : 0;
  return rest > 0 && whole < 10 ? `${whole} ${unit} ${rest} ${nextUnit}` : `${whole} ${unit}`;
}

/** An instant, to the second, UTC; a midnight as its day. */
export function instantText(at: number): string {
  return new Date(at)
    .toISOString()
    .replace("T", " ")
    .replace(/(?: 00:00:00)?\.000Z$/, "")
    .replace(/Z$/, "");
}

/** A number with commas between its thousands; by hand, for `toLocaleString` takes as long to load as a check does. */
export function count(value: number): string {
  const [whole = "", decimals] = String(value).split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

export function percent(share: number | undefined): string {
  return share === undefined ? "–" : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

/** One of them, or several: `1 row`, `2 rows`. */
export function several(many: number, one: string, more = `${one}s`): string {
  return `${count(many)} ${many === 1 ? one : more}`;
}
