const AMOUNTS = /^(price|quantity|position|discount|value|revenue|(sub)?total|shipping|tax|step)$/;

/** As the spec has ids and names: text, though the shop may keep them as numbers. */
export function text(value: unknown): string | undefined {
  return /^[sn][tu]/.test(typeof value) ? `${value as string | number}`.trim() || undefined : undefined;
}

/** A number where the spec has numbers, though the page has written it as text; anything else as it is. */
export function specValue<Value>(name: string, value: Value): Value | number {
  return AMOUNTS.test(name) && /^-?\d*\.?\d+$/.test(`${value}`) ? +value! : value;
}
