import { Hono } from "hono";
import { z } from "zod";
import { countMembers } from "../audience/count-members.ts";
import { exportMembers } from "../audience/export-members.ts";
import { rebuildAudiences } from "../audience/rebuild-audiences.ts";
import { edgeProgram } from "../definition.ts";
import type { Env } from "../env.ts";
import { SHARDS } from "../shards/shard-names.ts";
import { adminOnly } from "../wire/admin-only.ts";
import { Problem } from "../wire/problem.ts";
import { readBody } from "../wire/read-body.ts";
import { parseBody } from "../wire/sync-schema.ts";

/** Bytes of a call: those of a thousand ids. */
const MAX_REBUILD = 131_072;

/** Which of a segment's members to export. */
export const exportSchema = z.object({
  shard: z
    .string()
    .refine((name) => SHARDS.includes(name), "must be a shard, 00 to 3f")
    .optional()
    .meta({ description: "One shard alone, `00` to `3f`.", example: "00" }),
  after: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "must be a cursor: 64 hex digits")
    .optional()
    .meta({ description: "The cursor of the last line that was read." }),
});

/** Which profiles are to tell anew where they stand. */
export const rebuildSchema = z.object({
  profiles: z
    .array(z.string().regex(/^[0-9a-f]{64}$/, "must be an object's id: 64 hex digits"))
    .min(1)
    .max(1_000)
    .describe("The ids of `Profile` objects, as Cloudflare lists them."),
});

/** `/v1/admin/audiences`: who is in what, for the operator. */
export const adminAudiencesRoute = new Hono<{ Bindings: Env }>()
  .use(adminOnly())
  .get("/", async ({ env, json }) => json({ audiences: await countMembers(env) }))
  .get("/:segment/members", ({ req, env, body }) => {
    const segment = req.param("segment");
    if (!Object.hasOwn(edgeProgram.definition.segments, segment))
      throw new Problem("not_found", "The edge evaluates no segment of that id.");
    const asked = exportSchema.safeParse(req.query());
    if (!asked.success) {
      const errors = asked.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
      throw new Problem("invalid_request", "See errors for what to mend.", { errors });
    }
    return body(exportMembers(env, { segment, ...asked.data }), 200, {
      "content-type": "application/x-ndjson",
    });
  })
  .post("/rebuild", async ({ req, env, json }) => {
    const { profiles } = parseBody(rebuildSchema, await readBody(req.raw, MAX_REBUILD));
    return json(await rebuildAudiences(env, profiles));
  });
