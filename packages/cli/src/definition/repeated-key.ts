/** A key that an object of a JSON text has more than once, and where it stands again. */
export interface RepeatedKey {
  key: string;
  /** Of its first letter's quote, from 0. */
  offset: number;
}

/** The first key that stands twice in one object of JSON: whatever reads it, the first of the two is lost. */
export async function repeatedKey(text: string): Promise<RepeatedKey | undefined> {
  const { visit } = await import("jsonc-parser");
  const open: Set<string>[] = [];
  let found: RepeatedKey | undefined;
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty(key, offset) {
      if (open.at(-1)!.has(key)) found ??= { key, offset };
      open.at(-1)!.add(key);
    },
  });
  return found;
}

/** Whether some key of the text is not in the value that was made of it; quicker than to look where, for JSON without comments. */
export function hasRepeatedKeys(text: string, value: unknown): boolean {
  return keysWritten(text) !== keysIn(value);
}

/** Texts in quotes with a colon behind them. By hand, for an expression takes three times as long, of what a check has. */
function keysWritten(text: string): number {
  let written = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    do at = text.indexOf('"', at + 1);
    while (isEscaped(text, at));
    do at++;
    while (text.charCodeAt(at) <= SPACE);
    if (text[at] === ":") written++;
  }
  return written;
}

const SPACE = 0x20;

function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text[start - 1] === "\\") start--;
  return (at - start) % 2 === 1;
}

function keysIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let keys = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const inner of Object.values(value)) keys += keysIn(inner);
  return keys;
}
