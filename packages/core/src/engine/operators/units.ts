/** The largest total, in units of 1/10000: sums saturate at ±900,000,000,000. */
const LARGEST = 9e15;
const UNITS = 1e4;

/** Below so many units, multiplying is off by less than a thousandth. */
const NEAR = 1e12;

/** An exact sum in units of 1/10000: a number as long as it is a safe integer, else its decimal digits. */
export type Units = number | string;

/** A finite number in whole units, rounded half away from zero, as its decimal digits have it. */
export function unitsOf(value: number): Units {
  const sign = Math.sign(value);
  const size = Math.abs(value);
  const scaled = size * UNITS;
  if (scaled < NEAR) {
    // Beside a half, 0.00015 times 10,000 being 1.4999…, the decimal point is moved instead.
    return sign * Math.round(Math.abs((scaled % 1) - 0.5) > 1e-3 ? scaled : Number(`${size}e4`));
  }
  const decimals = size % 1 === 0 ? "" : String(size).split(".")[1];
  const units = Math.round(Number(`0.${decimals}e4`));
  return String(BigInt(Math.trunc(value)) * 10_000n + BigInt(sign * units));
}

/** Adds one total to another, or takes it away. */
export function addTo(total: Units, units: Units, sign: 1 | -1 = 1): Units {
  if (typeof total === "number" && typeof units === "number") {
    const sum = total + sign * units;
    if (Number.isSafeInteger(sum)) return sum;
  }
  const sum = BigInt(total) + BigInt(sign) * BigInt(units);
  return Number.isSafeInteger(Number(sum)) ? Number(sum) : String(sum);
}

/** The sum as a number, or its part of so many: one division, so that 0.1 three times is 0.1 on average. */
export function amountOf(total: Units, count = 1): number {
  return wholeUnitsOf(total) / (UNITS * count);
}

/** The sum in units, saturated: a whole number, and so exact. */
export function wholeUnitsOf(total: Units): number {
  return Math.max(Math.min(+total, LARGEST), -LARGEST);
}
