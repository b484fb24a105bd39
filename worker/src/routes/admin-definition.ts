import { checkDefinition, definitionHash, type Definition } from "@murmur/core";
import { Hono } from "hono";
import { z } from "zod";
import { definition, deployed } from "../definition.ts";
import { currentHash, definitionObject, refreshDefinition } from "../definition-store/refresh-definition.ts";
import type { DefinitionObjectFace } from "../definition-store/definition-object.ts";
import type { Env } from "../env.ts";
import { adminOnly } from "../wire/admin-only.ts";
import { Problem } from "../wire/problem.ts";
import { readBody } from "../wire/read-body.ts";
import { parseBody } from "../wire/sync-schema.ts";

/** Bytes of a definition: what a Durable Object stores as one value is 2 MB at most. */
const MAX_DEFINITION = 1_900_000;

/** What is pushed. */
export const definitionBodySchema = z.object({
  definition: z.record(z.string(), z.unknown()).describe("The whole definition, as `murmur.config` has it."),
  expected: z
    .string()
    .regex(/^[0-9a-f]{16}$/, "must be a hash: 16 hex digits")
    .optional()
    .describe(
      "The hash of the definition that this one is to follow: another one in force is not written over.",
    ),
});

/** What is in force, and since when it is: by a deployment, or pushed later. */
export const definitionAnswerSchema = z.object({
  hash: z.string(),
  from: z.enum(["deployed", "pushed"]),
});

type Answer = z.infer<typeof definitionAnswerSchema>;

/** `/v1/admin/definition`: what is in force, and another one in its place, without a deployment. */
export const adminDefinitionRoute = new Hono<{ Bindings: Env }>()
  .use(adminOnly())
  .get("/", async ({ env, json }) => {
    await refreshDefinition(env, "now");
    return json({ ...answer(), definition });
  })
  .put("/", async ({ req, env, json }) => {
    const { definition: given, expected } = parseBody(
      definitionBodySchema,
      await readBody(req.raw, MAX_DEFINITION),
    );
    const errors = checkDefinition(given);
    if (errors.length > 0)
      throw new Problem("definition_invalid", "See errors for what to mend.", { errors });
    const checked = given as unknown as Definition;
    const pushed = { hash: definitionHash(checked), definition: checked, over: deployed.hash };
    const inForce = await objectOf(env).write(pushed, expected);
    if (inForce !== undefined)
      throw new Problem(
        "definition_changed",
        `${inForce} is in force by now: look at the difference again.`,
        {
          hash: inForce,
        },
      );
    await refreshDefinition(env, "now");
    return json(answer());
  })
  .delete("/", async ({ env, json }) => {
    await objectOf(env).clear();
    await refreshDefinition(env, "now");
    return json(answer());
  });

function answer(): Answer {
  const hash = currentHash();
  return { hash, from: hash === deployed.hash ? "deployed" : "pushed" };
}

function objectOf(env: Env): DefinitionObjectFace {
  const object = definitionObject(env);
  if (!object)
    throw new Problem("not_found", "This worker has no binding DEFINITION: take it over from wrangler.toml.");
  return object;
}
