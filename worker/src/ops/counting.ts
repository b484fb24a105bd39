import type { MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import { flushLater } from "./flush-counts.ts";

/** Sees to it that what a call counts is passed on, after it was answered. */
export function counting(): MiddlewareHandler<{ Bindings: Env }> {
  return async function countingMiddleware({ env, executionCtx }, next) {
    await next();
    flushLater(env, (work) => executionCtx.waitUntil(work));
  };
}
