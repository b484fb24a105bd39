import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { refreshDefinition } from "./refresh-definition.ts";

/**
 * A Durable Object that goes by the definition in force. It waits for it before anything else: an isolate that has just begun
 * knows of no push, and a profile under an older definition would be made anew twice.
 */
export abstract class DefinedObject extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    void ctx.blockConcurrencyWhile(() => refreshDefinition(env));
  }
}
