type Methods = Record<string, ((...args: unknown[]) => unknown) | undefined>;

/**
 * Calls `see` with the arguments of each call of an object's method, which the call then reaches as before, once.
 * Somebody else, a tag manager, may do the same before or after. `see` must not throw. Returns what ends that.
 */
export function followMethod(target: object, name: string, see: (args: unknown[]) => void): () => void {
  const methods = target as Methods;
  const method = methods[name];
  const followed = (methods[name] &&= function (...args) {
    // First: what takes them may change them.
    see(args);
    return method!.apply(this, args);
  });
  return () => {
    see = () => {};
    // Where another method lies on top, this one stays and passes everything on.
    if (methods[name] === followed) methods[name] = method;
  };
}
