/**
 * Names of the engine's own that neither a page, a file nor the wire ever sees: the tag's minifier shortens them, as it
 * does variables. A name that is also anybody else's, of the DOM, a message, a snapshot or a plan, must not be here.
 */
const INTERNAL =
  "aggregate computed computing current decides due expire fold following graph holds hooks isTrue kills leaf makeRoom owner parents prune settle stateOf taken tests truths";

/** How the tag's TypeScript becomes JavaScript: fields that are only declared take no bytes. */
export const transpiled = {
  target: "es2022",
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
};

/**
 * How the tag is minified, and the engine where its size is measured.
 * @type {import("terser").MinifyOptions}
 */
export const minified = {
  module: true,
  ecma: 2022,
  compress: { passes: 3, unsafe_arrows: true, pure_getters: true, keep_fargs: false, inline: false },
  mangle: { properties: { regex: new RegExp(`^(${INTERNAL.replaceAll(" ", "|")})$`) } },
  format: { comments: false },
};
