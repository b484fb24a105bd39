import { describe, expect, test } from "vitest";
import { fnv1a } from "../src/definition/hash.ts";
import { compile, SnapshotError, type Snapshot } from "../src/index.ts";
import { event } from "./kit/entries.ts";

const program = compile({ segments: { s: { count: "X", gte: 1 } } });

function lived(): Snapshot {
  const profile = program.profile();
  profile.record(event("X", 1));
  return profile.snapshot();
}

/** A whole snapshot, with something changed before it was sealed; the sum starts from the version. */
function sealed(change: object, version = 2): unknown {
  const { sum: _sum, ...body } = { ...lived(), ...change };
  return { ...body, sum: fnv1a(JSON.stringify(body), version) };
}

function errorOf(snapshot: unknown): unknown {
  try {
    return program.profile(snapshot);
  } catch (error) {
    return error;
  }
}

describe("P7 a snapshot that is refused", () => {
  test("P6 is not one that is whole", () => {
    expect(program.profile(sealed({})).segments()).toEqual(["s"]);
  });

  test.for([0, 1, 3, 99])("is of version %j", (version) => {
    expect(errorOf(sealed({}, version))).toMatchObject({ code: "snapshot_invalid" });
  });

  test("is no JSON", () => {
    const itself: Record<string, unknown> = { ...lived() };
    itself["itself"] = itself;
    for (const value of [itself, { ...lived(), clock: 1n }]) {
      expect(errorOf(value)).toBeInstanceOf(SnapshotError);
      expect(errorOf(value)).toMatchObject({ code: "snapshot_invalid" });
    }
  });

  test("says what to do, by a SnapshotError", () => {
    const error = errorOf(sealed({ definition: "0123456789abcdef" })) as SnapshotError;
    expect(error).toBeInstanceOf(SnapshotError);
    expect(error.name).toBe("SnapshotError");
    expect(error.code).toBe("snapshot_of_another_definition");
    expect(error.message).toMatch(/snapshot.of.another.definition: replay the log/);
  });
});
