import type { MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import { Problem } from "./problem.ts";
import { sameSecret } from "./same-secret.ts";

/** Lets in who holds the worker's ADMIN_TOKEN, as `Authorization: Bearer`; nobody where there is none. What it answers is kept by nobody. */
export function adminOnly(): MiddlewareHandler<{ Bindings: Env }> {
  return async function adminOnlyMiddleware(context, next) {
    const [, given = ""] = /^bearer +(\S+) *$/i.exec(context.req.header("authorization") ?? "") ?? [];
    context.header("cache-control", "no-store");
    if (!(await sameSecret(given, context.env.ADMIN_TOKEN)))
      throw new Problem("admin_token_required", "Send `Authorization: Bearer` and the worker's ADMIN_TOKEN.");
    return next();
  };
}
