import { expect, test } from "vitest";
import { compile } from "../src/index.ts";
import { event } from "./kit/entries.ts";

test("D15 D11 a program does not change with the definition that it was compiled from", () => {
  const definition = { segments: { s: { count: "Page Viewed", gte: 1 } } };
  const program = compile(definition);
  const { hash } = program;
  definition.segments.s.gte = 2;
  const profile = program.profile();
  profile.record(event("Page Viewed", 0));
  expect(profile.segments()).toEqual(["s"]);
  expect(program.hash).toBe(hash);
  expect(compile(definition).hash).not.toBe(hash);
});
