// `npm run api`: writes etc/*.api.md of what the build has made.
import { mkdirSync, writeFileSync } from "node:fs";
import { apiReports } from "./api-reports.ts";

mkdirSync("etc", { recursive: true });
for (const [file, text] of apiReports()) writeFileSync(file, text);
