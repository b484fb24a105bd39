import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { apiReports } from "../tools/api-reports.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

test.each([...apiReports()])("%s is what users of the packages may rely on", (file, text) => {
  const kept = existsSync(ROOT + file) ? readFileSync(ROOT + file, "utf8") : "";
  expect(kept, "the packages' types have changed: run `npm run api`, and look at what it changes").toBe(text);
});

test("there is no report of what is not published any more", () => {
  const reports = readdirSync(`${ROOT}etc`).map((name) => `etc/${name}`);
  expect(reports.sort()).toEqual([...apiReports().keys()].sort());
});
