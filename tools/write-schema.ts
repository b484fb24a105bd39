// `npm run schema`: writes packages/core/murmur.schema.json, the JSON Schema of a definition, for editors.
import { writeFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";
import { definitionJsonSchema } from "../packages/core/src/schema/index.ts";

const file = new URL("../packages/core/murmur.schema.json", import.meta.url);
const options = await resolveConfig(file);
await writeFile(file, await format(JSON.stringify(definitionJsonSchema()), { ...options, parser: "json" }));
