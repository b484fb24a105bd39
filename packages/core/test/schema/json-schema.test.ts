import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { definitionJsonSchema } from "../../src/schema/index.ts";

test("J5 murmur.schema.json is what `npm run schema` would write", () => {
  const file = new URL("../../murmur.schema.json", import.meta.url);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(definitionJsonSchema());
});

test("J5 is of the draft that editors know, and describes every field", () => {
  const schema = definitionJsonSchema();
  expect(schema["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
  expect(schema["required"]).toEqual(["segments"]);
  for (const [name, part] of Object.entries(schema["properties"] as Record<string, { description?: string }>))
    expect(part.description, name).toBeTruthy();
});
