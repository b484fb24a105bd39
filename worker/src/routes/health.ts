import { Hono } from "hono";
import { z } from "zod";
import { manifest } from "../definition.ts";
import { refreshDefinition } from "../definition-store/refresh-definition.ts";
import type { Env } from "../env.ts";

export const healthSchema = z.object({
  status: z.literal("ok"),
  manifest: z.string().describe("The hash of the definition in force for devices."),
});

/** `GET /healthz`: the worker answers, and its definition holds. It asks no profile: there is none that all share. */
export const healthRoute = new Hono<{ Bindings: Env }>().get("/", async (context) => {
  await refreshDefinition(context.env);
  const health: z.infer<typeof healthSchema> = { status: "ok", manifest: manifest.hash };
  return context.json(health, 200, { "cache-control": "no-store" });
});
