export { MurmurWebProvider } from "./murmur-web-provider.ts";
export type { MurmurWebProviderOptions } from "./murmur-web-provider.ts";
export type { FlagNames } from "./flag-names.ts";
