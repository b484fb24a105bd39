/**
 * Names of the engine's own that neither a page, a file nor the wire ever sees: the tag's minifier shortens them, as it
 * does variables. A name that is also anybody else's, of the DOM or of a message, must not be here.
 */
const INTERNAL =
  "computed conditions due edges expire fold folds holds hooks isTrue latest leaf makeRoom most negate nextDue nodes nodeOf operator operators ordered parents planned prune settle stateOf taker truths";

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
