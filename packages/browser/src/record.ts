import { entryProblem, type Entry } from "@murmur/core";
import type { Device, Draft } from "./device/device.ts";
import { localNow } from "./device/page-clock.ts";
import { randomId } from "./device/random-id.ts";
import { toJson } from "./json.ts";
import type { Captured, Plugin } from "./plugin.ts";
import { report } from "./report.ts";

/** What the page says, before it is an entry. */
export type Said<E extends Entry = Entry> = E extends Entry
  ? Omit<E, "id" | "timestamp"> & { id?: string }
  : never;

/** Records what the page says, as the plugins would have it; what is no entry is refused with a word to the developer. */
export async function record(device: Device, plugins: readonly Plugin[], said: Said): Promise<void> {
  const at = performance.now();
  let draft = copy({ ...said, id: said.id ?? randomId(), at } as Draft);
  for (const { name, enrich } of plugins) {
    if (!enrich || draft.type !== "event") continue;
    try {
      const event = enrich(draft as Captured);
      if (!event) return;
      draft = copy({ ...draft, ...event });
    } catch (error) {
      report(`plugin_${name}`, error);
    }
  }
  const problem = entryProblem({ ...draft, timestamp: localNow() });
  if (problem) report(`refused_${problem.reason}`, problem.path, draft);
  else {
    if ((document as { prerendering?: boolean }).prerendering) {
      // Perhaps nobody ever sees the page.
      await new Promise((resolve) => document.addEventListener("prerenderingchange", resolve));
      draft.at = performance.now();
    }
    await device.append(draft);
  }
}

/** A copy as JSON, so that what the page changes later does not matter; what is no JSON is told by `entryProblem`. */
function copy(draft: Draft): Draft {
  try {
    return JSON.parse(toJson(draft)) as Draft;
  } catch {
    return draft;
  }
}
