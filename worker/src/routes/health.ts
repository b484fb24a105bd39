import { Hono } from "hono";
import { z } from "zod";
import { manifest } from "../definition.ts";
import { refreshDefinition } from "../definition-store/refresh-definition.ts";
import type { Env } from "../env.ts";
import { SETTING_RULES } from "../settings/setting-rules.ts";
import { noteSettings } from "../settings/note-settings.ts";

export const healthSchema = z.object({
  status: z.literal("ok"),
  manifest: z.string().describe("The hash of the definition in force for devices."),
  settings: z
    .array(z.string())
    .optional()
    .describe(
      "The names of settings that are not what they must be, where there are any; the log says what that is.",
    ),
});

/** `GET /healthz`: the worker answers, and its definition holds. It asks no profile: there is none that all share. */
export const healthRoute = new Hono<{ Bindings: Env }>().get("/", async (context) => {
  await refreshDefinition(context.env);
  // Names that only this deployment has are for its log.
  const wrong = (await noteSettings(context.env)).map(({ setting }) => setting);
  const settings = wrong.filter((name) => Object.hasOwn(SETTING_RULES, name));
  const health: z.infer<typeof healthSchema> = {
    status: "ok",
    manifest: manifest.hash,
    ...(settings.length > 0 && { settings }),
  };
  return context.json(health, 200, { "cache-control": "no-store" });
});
