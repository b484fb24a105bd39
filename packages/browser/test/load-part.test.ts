import { expect, test } from "vitest";
import { loadPart } from "../src/load-part.ts";

test.each(["http://127.0.0.1:9", "http://127.0.0.1:9/", "http://127.0.0.1:9//"])(
  "files beside the tag are asked for at the edge's root, as %s says it",
  async (edge) => {
    const name = crypto.randomUUID();
    await expect(loadPart(edge, name)).rejects.toThrow(`http://127.0.0.1:9/murmur-${name}.js`);
  },
);
