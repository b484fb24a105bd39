import type { Page } from "playwright-core";

interface Kept {
  n: number;
  entry: { id: string; name?: string; timestamp: number };
}

/** The log as it lies in IndexedDB, in order; the page need not have the tag. Where there is none, it is empty. */
export function keptRows(page: Page): Promise<Kept[]> {
  return page.evaluate(async () => {
    const done = <Result>(request: IDBRequest<Result>): Promise<Result> =>
      new Promise((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error));
      });
    if (!(await indexedDB.databases()).some(({ name }) => name === "murmur")) return [];
    const database = await done(indexedDB.open("murmur"));
    const store = database.transaction("log").objectStore("log");
    const rows = await done(store.getAll(IDBKeyRange.upperBound(Infinity)));
    database.close();
    return rows as Kept[];
  });
}

/** Ids of the entries that lie in IndexedDB. */
export async function keptIds(page: Page): Promise<string[]> {
  return (await keptRows(page)).map(({ entry }) => entry.id);
}
