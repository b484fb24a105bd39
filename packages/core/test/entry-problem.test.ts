import { describe, expect, test } from "vitest";
import {
  entryProblem,
  isTimestamp,
  MAX_DEPTH,
  MAX_PROPERTIES,
  problemMessage,
  type EntryProblem,
} from "../src/index.ts";

const EVENT = { type: "event", id: "1", name: "Page Viewed", timestamp: 1 };
const TOO_LARGE = "properties may be 16384 characters of JSON and nest 8 deep at most";
const IDENTIFY = { type: "identify", id: "1", timestamp: 1, traits: {} };

function said(value: unknown): { reason: EntryProblem["reason"]; message: string } | undefined {
  const problem = entryProblem(value);
  return problem && { reason: problem.reason, message: problemMessage(problem) };
}

function nested(levels: number): unknown {
  let value: unknown = {};
  for (let level = 1; level < levels; level++) value = { a: value };
  return value;
}

describe("E1 E7 what keeps a value from being an entry", () => {
  test.for([
    EVENT,
    { ...EVENT, properties: {} },
    IDENTIFY,
    { ...EVENT, context: { ip: 1 } },
    { ...EVENT, id: "x".repeat(128) },
    { ...EVENT, name: "x".repeat(200) },
  ])("is nothing for %j", (entry) => expect(entryProblem(entry)).toBeUndefined());

  test.for<[Record<string, unknown>, string]>([
    [{ id: undefined }, "id must be a string"],
    [{ id: "" }, "id must be a string"],
    [{ id: 5 }, "id must be a string"],
    [{ id: "x".repeat(129) }, "id must be a string"],
    [{ timestamp: "1" }, "timestamp must be an integer"],
    [{ timestamp: 1.5 }, "timestamp must be an integer"],
    [{ timestamp: NaN }, "timestamp must be an integer"],
    [{ timestamp: 2 ** 60 }, "timestamp must be an integer"],
    [{ type: "page" }, 'type must be "event" or "identify"'],
    [{ type: undefined }, 'type must be "event" or "identify"'],
    [{ name: "" }, "name must be a string"],
    [{ name: "x".repeat(201) }, "name must be a string"],
    [{ name: null }, "name must be a string"],
    [{ properties: null }, "properties must be an object"],
    [{ properties: [] }, "properties must be an object"],
    [{ properties: { big: 1n } }, "properties must be an object of plain JSON"],
    [{ properties: { toJSON: () => undefined } }, "properties must be an object of plain JSON"],
    [{ type: "identify" }, "traits must be an object"],
  ])("names it: %o", ([change, message]) => {
    const problem = said({ ...EVENT, ...change });
    expect(problem).toEqual({ reason: "invalid", message: expect.stringContaining(message) });
  });

  test.for<unknown>([undefined, null, 5, "event", [], () => {}])("is all of %s", (value) => {
    expect(said(value)).toEqual({ reason: "invalid", message: "an entry must be an object of plain JSON" });
  });

  test("is what nests too deep", () => {
    expect(entryProblem({ ...EVENT, properties: nested(MAX_DEPTH) })).toBeUndefined();
    const problem = said({ ...EVENT, properties: nested(MAX_DEPTH + 1) });
    expect(problem).toEqual({ reason: "too_large", message: TOO_LARGE });
    expect(entryProblem({ ...IDENTIFY, traits: nested(100_000) })).toMatchObject({ reason: "too_large" });
  });

  test("is what holds itself", () => {
    const itself: Record<string, unknown> = {};
    itself["itself"] = itself;
    expect(entryProblem({ ...EVENT, properties: itself })).toMatchObject({ reason: "too_large" });
  });

  test("is what takes too many characters of JSON", () => {
    const text = (length: number): object => ({ a: "x".repeat(length - '{"a":""}'.length) });
    expect(entryProblem({ ...EVENT, properties: text(MAX_PROPERTIES) })).toBeUndefined();
    const problem = said({ ...EVENT, properties: text(MAX_PROPERTIES + 1) });
    const message = TOO_LARGE;
    expect(problem).toEqual({ reason: "too_large", message });
  });

  test("is what throws when it is read", () => {
    const fail = (): never => {
      throw new Error("no");
    };
    const getter = Object.defineProperty({}, "id", { get: fail, enumerable: true });
    for (const value of [getter, new Proxy({}, { get: fail })]) {
      const message = "an entry must be an object of plain JSON";
      expect(said(value)).toEqual({ reason: "invalid", message });
    }
    const message = "properties must be an object of plain JSON";
    expect(said({ ...EVENT, properties: getter })).toEqual({ reason: "invalid", message });
  });

  test("E1 knows an instant that a date can hold", () => {
    for (const instant of [0, -1, 8.64e15, -8.64e15]) expect(isTimestamp(instant)).toBe(true);
    for (const none of [8.64e15 + 1, 0.1, NaN, Infinity, "1", null, 1n])
      expect(isTimestamp(none)).toBe(false);
  });
});
