import type { LogStore } from "./log-store.ts";

/** A row may have 2 MB (https://developers.cloudflare.com/durable-objects/platform/limits/); of so many UTF-16 code units it has 1.5. */
const PIECE = 500_000;
/** What stands in a value's row where the value lies in pieces, in rows of their own: no JSON is that. */
const IN_PIECES = "+";

/**
 * Values by name in a profile's own SQLite, as JSON. What grows with what a person has done, as a snapshot does, may be more than a
 * row takes: its pieces have the names `<name>/0000` and so on.
 */
export function valuesIn(sql: SqlStorage): Pick<LogStore, "get" | "put" | "drop"> {
  const read = (where: string, ...values: string[]): string[] =>
    sql
      .exec<{ body: string }>(`SELECT body FROM value WHERE ${where}`, ...values)
      .toArray()
      .map(({ body }) => body);
  const write = (name: string, body: string): void =>
    void sql.exec(
      "INSERT INTO value (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body",
      name,
      body,
    );
  const dropPieces = (name: string): void =>
    void sql.exec("DELETE FROM value WHERE name >= ? AND name < ?", ...piecesOf(name));
  return {
    get<Value>(name: string) {
      const [body] = read("name = ?", name);
      if (body === undefined) return undefined;
      const whole =
        body === IN_PIECES ? read("name >= ? AND name < ? ORDER BY name", ...piecesOf(name)).join("") : body;
      return JSON.parse(whole) as Value;
    },
    put(name, value) {
      const body = JSON.stringify(value);
      dropPieces(name);
      if (body.length <= PIECE) return write(name, body);
      write(name, IN_PIECES);
      inPieces(body).forEach((piece, at) => write(`${name}/${String(at).padStart(4, "0")}`, piece));
    },
    drop(name) {
      dropPieces(name);
      sql.exec("DELETE FROM value WHERE name = ?", name);
    },
  };
}

/** Between which names the pieces of a value lie, the latter not included: `0` is the character behind `/`. */
function piecesOf(name: string): [from: string, to: string] {
  return [`${name}/`, `${name}0`];
}

function inPieces(text: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length;) {
    const to = from + PIECE;
    // A character of two code units stays whole.
    const isWithin = (text.codePointAt(to - 1) ?? 0) > 0xffff;
    pieces.push(text.slice(from, isWithin ? to - 1 : to));
    from += pieces.at(-1)!.length;
  }
  return pieces;
}
