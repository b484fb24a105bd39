import { expect, test } from "vitest";
import { instantOf } from "../src/input/instant.ts";

const AT = Date.UTC(2026, 2, 1, 10, 12, 13);

test.each([
  ["2026-03-01T10:12:13Z", AT],
  ["2026-03-01 10:12:13", AT],
  ["2026-03-01 10:12:13 UTC", AT],
  ["2026-03-01T11:12:13+01:00", AT],
  ["2026-03-01 06:42:13 -0330", AT],
  ["2026-03-01 11:12:13.5+01", AT + 500],
  ["2026-03-01T10:12:13.250Z", AT + 250],
  ["2026-03-01T10:12:13.2506789Z", AT + 250],
  ["2026-03-01", Date.UTC(2026, 2, 1)],
  ["20260301", Date.UTC(2026, 2, 1)],
  [20260301, Date.UTC(2026, 2, 1)],
  [`${AT / 1_000}.0`, AT],
  [`${AT / 1_000}.25`, AT + 250],
  [AT, AT],
  [AT / 1_000, AT],
  [String(AT * 1_000), AT],
  [String(AT), AT],
])("%s is understood", (value, at) => {
  expect(instantOf(value)).toBe(at);
});

test.each([
  "",
  "yesterday",
  "2026-02-30",
  "2026-13-01",
  "2026-00-10",
  "2026-03-00",
  "0000-00-00 00:00:00",
  "0001-01-01",
  "2026-03-01T10:12:13+25:00",
  "2026-03-01T25:00:00Z",
  "01/03/2026",
  null,
  NaN,
  20261301,
  -5,
  true,
])("%s is none, and no day is guessed", (value) => {
  expect(instantOf(value)).toBeUndefined();
});
