import type { MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import { Problem } from "./problem.ts";

/**
 * Lets pages of the allowed origins call, and no others. A request without an Origin comes from no page.
 * With credentials, as an answer that sets the device's cookie needs it; nothing goes by a cookie that comes in.
 */
export function cors(): MiddlewareHandler<{ Bindings: Env }> {
  return async function corsMiddleware(context, next) {
    const origin = context.req.header("origin");
    if (origin === undefined) return next();
    const allowed = (context.env.ALLOWED_ORIGINS ?? "").split(",").map((one) => one.trim());
    if (!allowed.includes(origin) && origin !== new URL(context.req.url).origin)
      throw new Problem("origin_not_allowed", "Add the page's origin to ALLOWED_ORIGINS.");
    const headers = {
      "access-control-allow-origin": origin,
      "access-control-allow-credentials": "true",
      "access-control-expose-headers": "retry-after",
      vary: "origin",
    };
    if (context.req.method === "OPTIONS") {
      return context.body(null, 204, {
        ...headers,
        "access-control-allow-methods": "GET, POST, DELETE",
        "access-control-allow-headers": "content-type, authorization",
        "access-control-max-age": "86400",
      });
    }
    // Set before as well: an error's answer must be readable by the page, too.
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    return next();
  };
}
