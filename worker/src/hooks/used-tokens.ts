import type { Env } from "../env.ts";
import { objectStub } from "../object-stub.ts";
import { sha256Hex } from "../wire/sha256-hex.ts";
import type { HookTokensObject } from "./hook-tokens.ts";

/** Remembers the tokens of signatures that cover a token but not the body, so that each serves one body, once. */
export interface UsedTokens {
  /**
   * Takes a token for a body, until an instant (ms) from which on its signature is too old anyway. False when it is used
   * up, or taken for another body. The same body may come again until it is used up: the provider's second try, where
   * the first broke off.
   */
  take(token: string, body: string, until: number): Promise<boolean>;
  /** The token's events are on disk: it is used up. */
  useUp(token: string): Promise<void>;
}

/** Tokens in Durable Objects, 256 of them by the token's hash, so that none is asked by every call. */
export function usedTokens(env: Env): UsedTokens {
  const shardOf = (hash: string): HookTokensObject => objectStub(env, env.HOOK_TOKENS, hash.slice(0, 2));
  return {
    async take(token, body, until) {
      const hash = await sha256Hex(token);
      return shardOf(hash).take(hash, await sha256Hex(body), until);
    },
    async useUp(token) {
      const hash = await sha256Hex(token);
      await shardOf(hash).useUp(hash);
    },
  };
}
