import type { Transition } from "@murmur/core";
import type { LogStore, StoredEntry } from "../../src/profile/log-store.ts";

/** The port in memory: for tests of what stands on it, held to the same contract as SQLite. */
export function memoryLogStore(): LogStore {
  let entries: StoredEntry[] = [];
  let values = new Map<string, string>();
  let transitions: Transition[] = [];
  const store: LogStore = {
    add(entry, device) {
      if (store.timestampOf(entry.id) !== undefined) return false;
      entries.push({ n: store.lastNumber() + 1, device, entry: structuredClone(entry) });
      return true;
    },
    timestampOf: (id) => entries.find(({ entry }) => entry.id === id)?.entry.timestamp,
    after: (number, limit) => entries.filter(({ n }) => n > number).slice(0, limit),
    all: () => entries.map(({ entry }) => entry),
    lastNumber: () => entries.at(-1)?.n ?? 0,
    get<Value>(name: string) {
      const text = values.get(name);
      return text === undefined ? undefined : (JSON.parse(text) as Value);
    },
    put: (name, value) => void values.set(name, JSON.stringify(value)),
    addTransitions: (more) => void (transitions = [...transitions, ...more].slice(-1_000)),
    transitions: (limit) => transitions.slice(-limit),
    transaction(work) {
      const before = [[...entries], new Map(values), transitions] as const;
      try {
        return work();
      } catch (error) {
        [entries, values, transitions] = [[...before[0]], before[1], before[2]];
        throw error;
      }
    },
  };
  return store;
}
