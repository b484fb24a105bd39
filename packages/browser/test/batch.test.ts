import { manifestOf, type Entry } from "@murmur/core";
import { expect, test } from "vitest";
import { MAX_BATCH_BYTES, nextBatch } from "../src/deliver/batch.ts";
import type { Row } from "../src/log/row.ts";
import { tokenSubject } from "../src/device/token-subject.ts";

function row(n: number, text = "", more: Partial<Row> = {}): Row {
  const entry: Entry = { type: "event", id: `e${n}`, name: "X", timestamp: n, properties: { text } };
  return { n, entry, ...more };
}

test("takes own rows in order and passes over what came down from the edge", () => {
  const batch = nextBatch([row(4), row(5, "", { remote: "log" }), row(6), row(7, "", { remote: "log" })], 3);
  expect(batch.entries.map(({ id }) => id)).toEqual(["e4", "e6"]);
  expect(batch.upTo).toBe(7);
});

test("ends before 500 entries or the body's limit in bytes are passed", () => {
  const many = nextBatch(
    Array.from({ length: 600 }, (_none, at) => row(at + 1)),
    0,
  );
  expect([many.entries.length, many.upTo]).toEqual([500, 500]);
  const wide = nextBatch(
    Array.from({ length: 10 }, (_none, at) => row(at + 1, "€".repeat(5_000))),
    0,
  );
  expect(new TextEncoder().encode(JSON.stringify(wide.entries)).length).toBeLessThanOrEqual(
    MAX_BATCH_BYTES + 2,
  );
  expect(wide.upTo).toBe(wide.entries.length);
  expect(wide.entries.length).toBe(3);
});

test("nothing to deliver is an empty batch that still moves on", () => {
  expect(nextBatch([], 9)).toEqual({ entries: [], upTo: 9 });
  expect(nextBatch([row(10, "", { remote: "log" })], 9)).toEqual({ entries: [], upTo: 10 });
});

test("reads the subject of a token, in any script, and nothing of what is none", () => {
  const payload = new TextEncoder().encode(JSON.stringify({ sub: "Ądé–42" }));
  const encoded = btoa(String.fromCharCode(...payload))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
  expect(tokenSubject(`x.${encoded}.y`)).toBe("Ądé–42");
  for (const token of ["", "x", "a.b.c", `x.${btoa("{}")}.y`, `x.${btoa('{"sub":1}')}.y`])
    expect(tokenSubject(token)).toBeUndefined();
});

test("an event whose name is private stays on the device, and is passed over", () => {
  const secret = (n: number): Row => {
    const { entry } = row(n);
    return { n, entry: { ...entry, name: "Health Quiz Taken" } as Entry };
  };
  const manifest = manifestOf({ segments: {}, private: ["Health Quiz Taken"] });
  const batch = nextBatch([row(1), secret(2), row(3), secret(4)], 0, manifest);
  expect(batch.entries.map(({ id }) => id)).toEqual(["e1", "e3"]);
  expect(batch.upTo).toBe(4);
});
