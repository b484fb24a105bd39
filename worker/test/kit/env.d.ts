declare namespace Cloudflare {
  // The bindings of the worker under test, as the plugin hands them out.
  interface Env extends Omit<import("../../src/env.ts").Env, never> {}
}
