/**
 * Puts methods beside the JSON they go on from. They are inherited and not enumerable, so that printing, spreading,
 * comparing and `JSON.stringify` see the JSON alone, and a key of the JSON stands before a method of the same name.
 */
export function fluent<Json extends object, Methods extends object>(
  json: Json,
  methods: Methods,
): Json & Methods {
  const hidden = Object.entries(methods).map(([name, value]): [string, PropertyDescriptor] => [
    name,
    { value, writable: true },
  ]);
  const holder: object = Object.create(Object.prototype, Object.fromEntries(hidden));
  return Object.assign(Object.create(holder), json) as Json & Methods;
}

/** The JSON alone. */
export function plain<Json extends object>(json: Json): Json {
  return { ...json };
}
