import { Hono } from "hono";
import { routePath } from "hono/route";
import { refreshDefinition } from "./definition-store/refresh-definition.ts";
import type { Env } from "./env.ts";
import { countProblem } from "./ops/count.ts";
import { counting } from "./ops/counting.ts";
import { log, traceOf } from "./ops/log.ts";
import { adminDefinitionRoute } from "./routes/admin-definition.ts";
import { adminAudiencesRoute } from "./routes/admin-audiences.ts";
import { adminExperimentsRoute } from "./routes/admin-experiments.ts";
import { devRoute } from "./routes/dev.ts";
import { healthRoute } from "./routes/health.ts";
import { hooksRoute } from "./routes/hooks.ts";
import { manifestRoute } from "./routes/manifest.ts";
import { metricsRoute } from "./routes/metrics.ts";
import { openApiRoute } from "./routes/openapi.ts";
import { answerFromOrigin } from "./routes/origin.ts";
import { profileRoute } from "./routes/profile.ts";
import { pushRoute } from "./routes/push.ts";
import { segmentApiRoute } from "./routes/segment-api.ts";
import { slotsRoute } from "./routes/slots.ts";
import { syncRoute } from "./routes/sync.ts";
import { tagRoute } from "./routes/tag.ts";
import { unsubscribeRoute } from "./routes/unsubscribe.ts";
import { noteSettings } from "./settings/note-settings.ts";
import { cors } from "./wire/cors.ts";
import { Problem, problemResponse } from "./wire/problem.ts";

/** The worker's HTTP interface. */
export const app = new Hono<{ Bindings: Env }>()
  .route("/", tagRoute)
  .route("/healthz", healthRoute)
  .route("/openapi.json", openApiRoute)
  .use("/v1/*", counting(), async ({ env }, next) => {
    // First: a page may be refused for one.
    await noteSettings(env);
    return next();
  })
  // Mail programs call it from wherever they are, and with nothing but the link.
  .route("/v1/unsubscribe", unsubscribeRoute)
  .use("/v1/*", cors(), async ({ env }, next) => {
    await refreshDefinition(env);
    return next();
  })
  .route("/v1/sync", syncRoute)
  .route("/v1", segmentApiRoute)
  .route("/v1/manifest", manifestRoute)
  .route("/v1/profile", profileRoute)
  .route("/v1/push", pushRoute)
  .route("/v1/slots", slotsRoute)
  .route("/v1/hooks", hooksRoute)
  .route("/v1/admin/audiences", adminAudiencesRoute)
  .route("/v1/admin/experiments", adminExperimentsRoute)
  .route("/v1/admin/definition", adminDefinitionRoute)
  .route("/v1/admin/metrics", metricsRoute)
  .route("/v1/dev", devRoute);

/** The method that each address takes, so that another one is told apart from a wrong address. */
const METHODS: readonly (readonly [RegExp, string])[] = [
  [/^\/murmur[\w-]*\.js$/, "GET"],
  [/^\/(healthz|openapi\.json)$/, "GET"],
  [/^\/v1\/(sync|slots)$/, "POST"],
  [/^\/v1\/push$/, "GET"],
  [/^\/v1\/profile$/, "GET, DELETE"],
  [/^\/v1\/profile\/devices\/[^/]+$/, "DELETE"],
  [/^\/v1\/(track|identify|page|screen|group|alias|batch)$/, "POST"],
  [/^\/v1\/hooks\/[^/]+$/, "POST"],
  [/^\/v1\/unsubscribe\/[^/]+$/, "GET, POST"],
  [/^\/v1\/admin\/audiences(\/[^/]+\/members)?$/, "GET"],
  [/^\/v1\/admin\/audiences\/rebuild$/, "POST"],
  [/^\/v1\/admin\/experiments(\/[^/]+)?$/, "GET"],
  [/^\/v1\/manifest(\/[^/]+(\/definition)?)?$/, "GET"],
  [/^\/v1\/admin\/metrics$/, "GET"],
  [/^\/v1\/admin\/definition$/, "GET, PUT, DELETE"],
];

app.notFound(async (context) => {
  const page = await answerFromOrigin(context);
  if (page) return page;
  const [, allowed] = METHODS.find(([path]) => path.test(context.req.path)) ?? [];
  if (allowed === undefined || allowed === context.req.method)
    throw new Problem("not_found", "See the documentation for the addresses there are.");
  context.header("allow", allowed);
  throw new Problem("method_not_allowed", `Use ${allowed}.`);
});

app.onError((error, context) => {
  const isProblem = error instanceof Problem;
  const problem = isProblem
    ? error
    : new Problem("internal", "Try again; nothing that was acknowledged is lost.");
  countProblem(problem.code);
  // The cause is for the operator's log; the caller gets no stack.
  if (!isProblem)
    log({
      event: "call_failed",
      method: context.req.method,
      route: routePath(context, -1),
      ...traceOf(error),
    });
  return problemResponse(context, problem);
});
