import type { Env as WorkerEnv } from "../../src/env.ts";

declare global {
  namespace Cloudflare {
    // The bindings of the worker under test, as the plugin hands them out.
    interface Env extends WorkerEnv {
      /** Of TOKEN_PUBLIC_KEY: PKCS #8, PEM. */
      testPrivateKey: string;
    }
  }
}
