/** The tag's adapters, as files that the worker hands out. */
declare module "https://edge.shop.example/*" {
  import type { Plugin } from "@murmur/browser";

  const adapter: (from: unknown) => Plugin;
  export default adapter;
}
