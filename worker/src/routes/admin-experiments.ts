import { Hono } from "hono";
import { edgeProgram } from "../definition.ts";
import type { Env } from "../env.ts";
import { experimentsOf } from "../experiments/experiment.ts";
import { readTallies } from "../experiments/read-tallies.ts";
import type { resultOf } from "../experiments/results.ts";
import { adminOnly } from "../wire/admin-only.ts";
import { Problem } from "../wire/problem.ts";

/** `/v1/admin/experiments`: what came of experiments, for who runs them. */
export const adminExperimentsRoute = new Hono<{ Bindings: Env }>()
  .use(adminOnly())
  .get("/", async ({ env, json }) => {
    const [toResult, tallies] = await Promise.all([loadResults(), readTallies(env)]);
    const experiments = Object.entries(experimentsOf(edgeProgram.definition)).map(([id, experiment]) =>
      toResult(
        id,
        experiment,
        tallies.filter((tally) => tally.experiment === id),
      ),
    );
    return json({ experiments });
  })
  .get("/:id", async ({ req, env, json }) => {
    const id = req.param("id");
    const experiments = experimentsOf(edgeProgram.definition);
    const experiment = Object.hasOwn(experiments, id) ? experiments[id] : undefined;
    if (!experiment) throw new Problem("not_found", "The definition has no experiment of that id.");
    const [toResult, tallies] = await Promise.all([loadResults(), readTallies(env, id)]);
    return json(toResult(id, experiment, tallies));
  });

/** The distributions are read when somebody asks for results: nobody who delivers events has to wait for them. */
async function loadResults(): Promise<typeof resultOf> {
  const results = await import("../experiments/results.ts");
  return results.resultOf;
}
