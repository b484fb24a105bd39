import type { OutboxNotes, OutboxStore } from "./outbox-store.ts";

/** An outbox that keeps its notes in memory as well. */
export interface RememberingOutboxStore extends OutboxStore {
  /** To be called where a transaction that may have written here was undone. */
  forget(): void;
}

/** Keeps the notes in memory, which are asked for at every call and alarm. Nobody else may write to `outbox`. */
export function rememberingOutboxStore(outbox: OutboxStore): RememberingOutboxStore {
  const notes = new Map<keyof OutboxNotes, OutboxNotes[keyof OutboxNotes] | undefined>();
  return {
    ...outbox,
    get<Name extends keyof OutboxNotes>(name: Name) {
      if (!notes.has(name)) notes.set(name, outbox.get(name));
      return notes.get(name) as OutboxNotes[Name] | undefined;
    },
    put(name, value) {
      outbox.put(name, value);
      notes.set(name, value);
    },
    drop(name) {
      outbox.drop(name);
      notes.set(name, undefined);
    },
    forget: () => notes.clear(),
  };
}
