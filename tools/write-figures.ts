// `npm run figures`: writes into README.md and docs/performance.md how large the built files are.
import { readFile, writeFile } from "node:fs/promises";
import { figuresOfPages, withFigures } from "./figures.ts";

for (const [page, rows] of Object.entries(await figuresOfPages()))
  await writeFile(page, await withFigures(await readFile(page, "utf8"), rows));
