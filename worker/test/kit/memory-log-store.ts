import type { Transition } from "@murmur/core";
import { sizeOf, type DeviceRecord, type LogStore, type StoredEntry } from "../../src/profile/log-store.ts";

/** The port in memory: for tests of what stands on it, held to the same contract as SQLite. */
export function memoryLogStore(): LogStore {
  let entries: StoredEntry[] = [];
  let values = new Map<string, string>();
  let devices = new Map<string, string>();
  let transitions: Transition[] = [];
  let last = 0;
  /** Instants by id, of the list that they were made of. */
  let [index, indexed] = [new Map<string, number>(), entries];
  const read = <Value>(text: string | undefined): Value | undefined =>
    text === undefined ? undefined : (JSON.parse(text) as Value);
  const instants = (): number[] => entries.map(({ entry }) => entry.timestamp).sort((a, b) => a - b);
  const store: LogStore = {
    add(entry, device) {
      if (store.timestampOf(entry.id) !== undefined) return false;
      entries.push({ n: ++last, device, entry: structuredClone(entry) });
      index.set(entry.id, entry.timestamp);
      return true;
    },
    timestampOf(id) {
      if (indexed !== entries || index.size !== entries.length) {
        index = new Map(entries.map(({ entry }) => [entry.id, entry.timestamp]));
        indexed = entries;
      }
      return index.get(id);
    },
    after: (number, limit) => entries.filter(({ n }) => n > number).slice(0, limit),
    ofDevice: (device, number, limit) =>
      entries.filter((stored) => stored.device === device && stored.n > number).slice(0, limit),
    upTo: (timestamp) => entries.filter(({ entry }) => entry.timestamp <= timestamp),
    all: () => entries.map(({ entry }) => entry),
    lastNumber: () => last,
    size: () => ({
      entries: entries.length,
      oldest: instants()[0] ?? Infinity,
      bytes: entries.reduce((sum, stored) => sum + sizeOf(stored.entry), 0),
    }),
    instantBefore(held) {
      let left = held;
      const older = [...entries]
        .sort((a, b) => b.entry.timestamp - a.entry.timestamp || b.n - a.n)
        .find((stored) => (left -= sizeOf(stored.entry)) < 0);
      return older?.entry.timestamp ?? -Infinity;
    },
    instantAt: (older) => instants()[older] ?? Infinity,
    removeUpTo: (timestamp) => void (entries = entries.filter(({ entry }) => entry.timestamp > timestamp)),
    removeOfDevice: (device) => void (entries = entries.filter((stored) => stored.device !== device)),
    device: (id) => read<DeviceRecord>(devices.get(id)),
    devices: () => [...devices.keys()].sort().map((id) => store.device(id)!),
    putDevice: (record) => void devices.set(record.id, JSON.stringify(record)),
    removeDevice: (id) => void devices.delete(id),
    get: (name) => read(values.get(name)),
    put: (name, value) => void values.set(name, JSON.stringify(value)),
    drop: (name) => void values.delete(name),
    clear: () => ([entries, values, transitions, last] = [[], new Map(), [], 0]),
    addTransitions: (more) => void (transitions = [...transitions, ...more].slice(-1_000)),
    transitions: (limit) => transitions.slice(-limit),
    forgetTransitions: () => void (transitions = []),
    transaction(work) {
      const before = {
        entries: [...entries],
        values: new Map(values),
        devices: new Map(devices),
        transitions,
        last,
      };
      try {
        return work();
      } catch (error) {
        ({ entries, values, devices, transitions, last } = before);
        throw error;
      }
    },
  };
  return store;
}
