/** Bindings and settings of the worker, as wrangler.toml and `wrangler secret` give them. */
export interface Env {
  PROFILE: DurableObjectNamespace;
  /** Origins of the pages that may call, separated by commas; the worker's own always may. */
  ALLOWED_ORIGINS?: string;
  /** The secret with which the shop's server signs identity tokens (HS256); at least 32 bytes. */
  TOKEN_SECRET?: string;
  /** "1" in local development alone: opens /v1/dev, where a profile's clock can be moved. */
  MURMUR_DEV?: string;
}
