/**
 * As JSON, also where an old library has given arrays, texts and numbers a `toJSON` that makes JSON itself, which would become
 * JSON once more. http://prototypejs.org/learn/json
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, said: unknown) {
    const own = this[key];
    return typeof own !== "object" || Array.isArray(own) ? own : said;
  });
}
