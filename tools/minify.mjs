import { minify as crush } from "oxc-minify";
import { minify } from "terser";

/**
 * Names of the tag's own that neither a page, a file (the debug panel's among them), the disk nor the wire ever sees: they
 * are shortened, as variables are. A name that is also anybody else's, of the DOM or of a message, a snapshot or a plan, must not be here.
 */
const INTERNAL =
  "aggregate allow anew answer append base beacon before cancelSave claim computed computing current " +
  "decides decisions due erase expire feed first flush fold following graph holds hooks init input isDone " +
  "isTrue jobs keep kills leaf listeners load make makeRoom next onChange onDelivered onSaid onSettled out " +
  "owner parents personalize program prune read refill renew restart retry row rows rowsOf save saved say schedule settle " +
  "signals stateOf stop take taken tell tellOnce tests transitions truths unsent upTo value valueOf wait wake " +
  "work";

/** How the tag's TypeScript becomes JavaScript: fields that are only declared take no bytes. */
export const transpiled = {
  target: "es2022",
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
};

const minified = {
  module: true,
  ecma: 2022,
  compress: {
    passes: 5,
    unsafe: true,
    unsafe_arrows: true,
    unsafe_methods: true,
    pure_getters: true,
    keep_fargs: false,
    inline: false,
  },
  mangle: {
    properties: { builtins: true, regex: new RegExp(`^(private_.*|${INTERNAL.replaceAll(" ", "|")})$`) },
  },
  format: { comments: false },
};

/**
 * Private members as ordinary ones of names that are shortened: nobody else's code reaches an object of the tag's own, so the
 * language need not guard them, and a field without a value need not be declared.
 *
 * @param {string} code
 */
function withoutPrivates(code) {
  return code.replaceAll(/^\s*#\w+;$/gm, "").replaceAll(/(?<=[\s.])#(?=[a-z])/g, "private_");
}

/**
 * Minifies the tag, or the engine where its size is measured. Two minifiers one after the other find what one alone does
 * not, and the first one something more in what the second has left: some 2 % of the bytes.
 *
 * @param {string} code
 * @returns {Promise<string>}
 */
export async function minifyTag(code) {
  const once = await minify(withoutPrivates(code), minified);
  const twice = await crush("murmur.js", /** @type {string} */ (once.code), {
    compress: { target: "es2022" },
    mangle: { toplevel: true },
  });
  if (twice.errors.length > 0) throw new Error(twice.errors.map(({ message }) => message).join("\n"));
  const { code: thrice } = await minify(twice.code, {
    ...minified,
    compress: { ...minified.compress, unsafe_methods: false, hoist_funs: true },
    mangle: false,
  });
  return /** @type {string} */ (thrice).trim();
}
