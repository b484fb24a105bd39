/** An entry as the edge gives it out: cut to what the definition reads. */
export interface EdgeEntry {
  id: string;
  name?: string;
  timestamp: number;
}

interface Page {
  entries: EdgeEntry[];
  log: string;
  cursor: number;
  more: boolean;
}

/** The whole log of a device's profile, in the order in which it arrived, as a device reads it that has lost its own. */
export async function edgeLog(edge: string, device: string): Promise<EdgeEntry[]> {
  const all: EdgeEntry[] = [];
  for (let log = "", cursor = 0, more = true; more;) {
    const body = JSON.stringify({ device, sentAt: Date.now(), cursor, log });
    const page = (await (await fetch(`${edge}/v1/sync`, { method: "POST", body })).json()) as Page;
    all.push(...page.entries);
    ({ log, cursor, more } = page);
  }
  return all;
}

/** Of the entries, the ids of those of one name. */
export function idsOf(entries: readonly EdgeEntry[], name: string): string[] {
  return entries.filter((entry) => entry.name === name).map(({ id }) => id);
}
