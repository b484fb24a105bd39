import {
  parseDuration,
  type Bound,
  type Comparison,
  type Context,
  type EventEntry,
  type Json,
  type Scalar,
} from "../../src/index.ts";

/** Values in the order of their events; what has none at the path is passed over. */
export function valuesAt(path: string, events: readonly EventEntry[]): Json[] {
  return events.flatMap(({ properties = {} }) => {
    let value: Json | undefined = properties;
    for (const key of path.split(".")) value = ownOf(value, key);
    return value === undefined ? [] : [value];
  });
}

function ownOf(holder: Json | undefined, key: string): Json | undefined {
  if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, key)) return undefined;
  return (holder as { [key: string]: Json })[key];
}

export function numbersIn(values: readonly Json[]): number[] {
  return scalarsIn(values).filter((value) => typeof value === "number");
}

/** Strings, finite numbers, booleans; there is but one zero. */
export function scalarsIn(values: readonly Json[]): Scalar[] {
  return values
    .filter((value) => typeof value === "string" || typeof value === "boolean" || Number.isFinite(value))
    .map((value) => (value === 0 ? 0 : (value as Scalar)));
}

/** The exact sum. */
export function sumOf(numbers: readonly number[]): number {
  return Number(exactSumOf(numbers)) / 10_000;
}

/** That sum, divided by how many they are. */
export function averageOf(numbers: readonly number[]): number {
  return Number(exactSumOf(numbers)) / (10_000 * numbers.length);
}

/** In whole numbers of 1/10000 all the way, and no further than to ±900,000,000,000 in the end. */
export function exactSumOf(numbers: readonly number[]): bigint {
  const total = numbers.reduce((sum, value) => sum + tenThousandths(value), 0n);
  const most = 900_000_000_000n * 10_000n;
  return total > most ? most : total < -most ? -most : total;
}

/** A number as it is written, without an exponent: -0.2 is -2 above 10. */
export function fractionOf(value: number): { above: bigint; below: bigint } {
  const [whole = "", decimals = ""] = String(value).split(".");
  return { above: BigInt(whole + decimals), below: 10n ** BigInt(decimals.length) };
}

/** A number as JSON writes it, rounded to 4 decimals, half away from zero. */
function tenThousandths(value: number): bigint {
  const size = Math.abs(value);
  const sign = value < 0 ? -1n : 1n;
  if (size >= 2 ** 53) return sign * BigInt(size) * 10_000n;
  // Below that, JSON writes an exponent; there is nothing left of it at 4 decimals.
  const [whole = "0", decimals = ""] = size < 1e-6 ? [] : String(size).split(".");
  const digits = decimals.padEnd(5, "0");
  return sign * (BigInt(whole + digits.slice(0, 4)) + (digits[4]! >= "5" ? 1n : 0n));
}

/** The one seen most often; between equals, the one seen last. */
export function favoriteOf(scalars: readonly Scalar[]): Scalar | undefined {
  const times = (scalar: Scalar): number => scalars.filter((other) => other === scalar).length;
  return scalars.reduce<Scalar | undefined>(
    (best, scalar) => (best === undefined || times(scalar) >= times(best) ? scalar : best),
    undefined,
  );
}

/** A missing value compares with nothing. What a duration is held against is one too. */
export function compares(value: Scalar | undefined, comparison: Comparison, isDuration: boolean): boolean {
  if (value === undefined) return false;
  const { gt, gte, lt, lte, eq, ne, between, in: oneOf } = comparison;
  if (oneOf !== undefined) return oneOf.includes(value);
  if (eq !== undefined) return value === (isDuration ? parseDuration(eq) : eq);
  if (ne !== undefined) return value !== (isDuration ? parseDuration(ne) : ne);
  if (typeof value !== "number") return false;
  if (gt !== undefined) return value > number(gt);
  if (gte !== undefined) return value >= number(gte);
  if (lt !== undefined) return value < number(lt);
  if (lte !== undefined) return value <= number(lte);
  return value >= number(between![0]) && value <= number(between![1]);
}

function number(bound: Bound): number {
  return typeof bound === "number" ? bound : parseDuration(bound)!;
}

/** The context with what follows from the instant and the timezone. */
export function visitAt(context: Context, t: number): Context {
  const { timezone } = context;
  if (typeof timezone !== "string") return context;
  // "2024-03-31 03:00:00", as they write it in Sweden.
  const local = new Date(`${new Date(t).toLocaleString("sv-SE", { timeZone: timezone })}Z`.replace(" ", "T"));
  return { ...context, hour: local.getUTCHours(), weekday: local.getUTCDay() || 7 };
}
