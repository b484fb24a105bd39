import type { OutboxStore } from "../outbox/outbox-store.ts";
import { countOutbox } from "./count.ts";

/** An outbox of which is counted how many webhooks come and go. */
export function countedOutbox(outbox: OutboxStore): OutboxStore {
  const counted = (gone: number): number => {
    if (gone > 0) countOutbox(-gone);
    return gone;
  };
  return {
    ...outbox,
    add(outgoing) {
      const isNew = outbox.add(outgoing);
      if (isNew) countOutbox(1);
      return isNew;
    },
    remove: (key) => counted(outbox.remove(key)),
    removeQueuedBefore: (instant) => counted(outbox.removeQueuedBefore(instant)),
    withdraw: (unwanted) => counted(outbox.withdraw(unwanted)),
    withdrawMessages: () => counted(outbox.withdrawMessages()),
    retract: (what) => counted(outbox.retract(what)),
    clear: () => counted(outbox.clear()),
  };
}
