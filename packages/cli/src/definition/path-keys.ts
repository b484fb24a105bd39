/**
 * The keys of a path as the check writes it, `slots.hero.variants[0].when`, led by what is there: ids may hold dots and
 * brackets, so of several ways to read a path, the one that leads on is taken.
 */
export function keysOf(path: string, root: unknown): (string | number)[] {
  const found = walk(path, root);
  return (
    found ??
    path
      .split(/\.|(?=\[\d+\])/)
      .filter((part) => part !== "")
      .map(toKey)
  );
}

function walk(rest: string, value: unknown): (string | number)[] | undefined {
  if (rest === "") return [];
  const [index] = /^\[\d+\]/.exec(rest) ?? [];
  if (index !== undefined && Array.isArray(value)) {
    const key = toKey(index) as number;
    const further = walk(rest.slice(index.length).replace(/^\./, ""), (value as unknown[])[key]);
    return further && [key, ...further];
  }
  if (typeof value !== "object" || value === null) return undefined;
  // The longest key first: "a.b" goes before "a".
  const keys = Object.keys(value)
    .filter((key) => rest.startsWith(key) && (rest.length === key.length || /[.[]/.test(rest[key.length]!)))
    .sort((a, b) => b.length - a.length);
  for (const key of keys) {
    const further = walk(rest.slice(key.length).replace(/^\./, ""), (value as Record<string, unknown>)[key]);
    if (further) return [key, ...further];
  }
  // A key that is missing: nothing below it is there either.
  return undefined;
}

function toKey(part: string): string | number {
  return part.startsWith("[") ? Number(part.slice(1, -1)) : part;
}
