import type { DeviceRecord, LogStore } from "./log-store.ts";

/**
 * A store that keeps in memory what is small and asked for at every call: values that are no objects, the devices, and the
 * last number. Nobody else may write to `store`.
 */
export function rememberingLogStore(store: LogStore): LogStore {
  const values = new Map<string, unknown>();
  let devices: DeviceRecord[] | undefined;
  let last: number | undefined;
  const forget = (): void => {
    values.clear();
    devices = last = undefined;
  };
  return {
    ...store,
    add(entry, device) {
      const isNew = store.add(entry, device);
      if (isNew && last !== undefined) last++;
      return isNew;
    },
    lastNumber: () => (last ??= store.lastNumber()),
    get<Value>(name: string) {
      if (values.has(name)) return values.get(name) as Value | undefined;
      const value = store.get<Value>(name);
      if (typeof value !== "object") values.set(name, value);
      return value;
    },
    put(name, value) {
      values.delete(name);
      store.put(name, value);
    },
    drop(name) {
      values.delete(name);
      store.drop(name);
    },
    devices: () => [...(devices ??= store.devices())],
    device: (id) => (devices ??= store.devices()).find((device) => device.id === id),
    putDevice(record) {
      devices = undefined;
      store.putDevice(record);
    },
    removeDevice(id) {
      devices = undefined;
      store.removeDevice(id);
    },
    clear() {
      forget();
      store.clear();
    },
    transaction(work) {
      try {
        return store.transaction(work);
      } catch (error) {
        // What was written is undone.
        forget();
        throw error;
      }
    },
  };
}
