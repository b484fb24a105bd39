/** What `npm run build` makes of the tag: the text of each file, by its name. */
declare module "*/dist/tag-files.js" {
  const files: Readonly<Record<string, string>>;
  export default files;
}
