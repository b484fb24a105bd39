import type { Context } from "hono";
import type { Env } from "../env.ts";
import { decideVisit } from "../personalize/decide-visit.ts";
import { fetchOrigin, hasOrigin } from "../personalize/origin-request.ts";
import { cachedPage } from "../personalize/page-cache.ts";
import { personalize } from "../personalize/personalize.ts";
import { DECIDE_TIMEOUT, visitSettings } from "../personalize/settings.ts";
import { visitOf } from "../personalize/visit.ts";
import { Problem } from "../wire/problem.ts";

/** The worker's own addresses, none of which is ever the origin's. */
const OWN = /^\/(v1(\/|$)|healthz$|openapi\.json$|murmur[\w-]*\.js$)/;

/**
 * Everything else is the shop's own, where the worker stands in front of it: its pages, with each visitor's slots in them.
 * Undefined where this is no address of the shop's. No route: it would be the last that every call matches.
 */
export async function answerFromOrigin({
  env,
  executionCtx,
  req,
}: Context<{ Bindings: Env }>): Promise<Response | undefined> {
  if (!hasOrigin(env) || OWN.test(req.path)) return undefined;
  const visit = visitOf(req.raw, visitSettings(env));
  const ask = (): Promise<Response> =>
    fetchOrigin(req.raw, env, visit !== undefined).catch(() => {
      throw new Problem("origin_unreachable", "Try again; where it lasts, see ORIGIN.");
    });
  const page = cachedPage(req.raw, ask, (work) => executionCtx.waitUntil(work));
  return personalize(visit, page, {
    decide: (visit) => decideVisit(env, visit),
    timeout: Number(env.DECIDE_TIMEOUT || DECIDE_TIMEOUT),
  });
}
