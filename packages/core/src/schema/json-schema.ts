import { z } from "zod";
import type { Json } from "../log/entry.ts";

/** A value as JSON knows it. */
export const jsonSchema: z.ZodType<Json, Json> = z
  .lazy(() =>
    z.union([
      z.null(),
      z.boolean(),
      z.number(),
      z.string(),
      z.array(jsonSchema),
      z.record(z.string(), jsonSchema),
    ]),
  )
  .meta({ id: "Json", description: "Any JSON value." });

/** A value that can be compared by itself. */
export const scalarSchema = z.union([z.string(), z.number(), z.boolean()]);
