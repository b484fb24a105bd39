import { z } from "zod";
import { jsonSchema } from "./json-schema.ts";

/** What is shown. */
export const contentSchema = z.record(z.string(), jsonSchema).meta({
  id: "Content",
  description:
    "What is shown: any fields that the page's template knows. {{ traits.firstName | there }} stands for a value.",
});
