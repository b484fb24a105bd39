const AMOUNTS = /^(price|quantity|position|discount|value|revenue|(sub)?total|shipping|tax|step)$/;

/** As the spec has ids and names: text, though the shop may keep them as numbers. */
export function text(value: unknown): string | undefined {
  return /^[sn][tu]/.test(typeof value) ? `${value as string | number}`.trim() || undefined : undefined;
}

/** A number where the spec has numbers, though somebody else has written it as text; anything else as it is. */
export function specValue<Value>(name: string, value: Value): Value | number {
  return AMOUNTS.test(name) && /^-?\d*\.?\d+$/.test(`${value}`) ? +value! : value;
}

/** `1.299,00`, `129,0`, `1,299.00`; not `1,299`, which some read as thousands and some do not. */
const WRITTEN = /^-?(\d+|\d{1,3}(\.\d{3})+),\d\d?$|^-?\d{1,3}(,\d{3})+\.\d+$/;

/** The same of what is written in a page, for people as it may be. */
export function writtenValue<Value>(name: string, value: Value): Value | number {
  const isWritten = typeof value === "string" && WRITTEN.test(value);
  const plain = isWritten ? value.replace(/[.,](?=.*[.,])/g, "").replace(",", ".") : value;
  const known = specValue(name, plain);
  return typeof known === "number" ? known : value;
}
