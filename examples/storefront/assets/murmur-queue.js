// @ts-check

/**
 * Works before and after the tag has loaded: until then the calls wait in an array.
 * @param {string} method
 * @param {...unknown} args
 */
export function murmur(method, ...args) {
  const page = /** @type {{ murmur?: { push(call: unknown[]): unknown } }} */ (
    /** @type {unknown} */ (window)
  );
  (page.murmur ??= []).push([method, ...args]);
}

/**
 * @param {string} name
 * @param {object} properties
 * @param {{ id?: string | undefined }} [options]
 */
export function record(name, properties, options) {
  murmur("track", name, properties, ...(options ? [options] : []));
}
