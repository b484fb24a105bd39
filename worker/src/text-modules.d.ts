/** Bundled as text, by the rule in wrangler.toml. */
declare module "*/dist/murmur.js" {
  const text: string;
  export default text;
}

declare module "*/dist/murmur-debug.js" {
  const text: string;
  export default text;
}
