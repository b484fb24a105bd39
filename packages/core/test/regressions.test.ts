import { readdirSync, readFileSync } from "node:fs";
import { test } from "vitest";
import { checkRun, type Run } from "./kit/run.ts";

/** Every run that once went wrong, or easily could; what a property finds is kept here, a file each. */
const folder = new URL("regressions/", import.meta.url);

test.for(readdirSync(folder).filter((file) => file.endsWith(".json")))("E4 %s", (file) => {
  checkRun(JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Run);
});
