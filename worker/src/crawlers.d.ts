/** What `npm run build` makes of the list of crawlers: an expression that each one's `User-Agent` matches. */
declare module "*/dist/crawlers.js" {
  const patterns: readonly string[];
  export default patterns;
}
