import { eachOf } from "./each-of.ts";
import type { Delivery } from "./plan-deliveries.ts";
import type { Progress } from "./print-progress.ts";
import type { SyncAnswer } from "../../worker/src/profile/sync.ts";
import type { TagDevice } from "./tag-device.ts";

/** What the edge said while everything was sent. */
export interface Sent {
  /** Entries that it refused, and why. */
  rejected: { id: string | null; reason: string }[];
  /** Entries that it put at another instant than the one sent: they were there before, or a clock was off. */
  moved: number;
}

/** Sends everything, `atOnce` calls at a time; a device begins a call when it has the answer to the one before. */
export async function sendDeliveries(
  deliveries: readonly Delivery[],
  devices: ReadonlyMap<string, TagDevice>,
  atOnce: number,
  progress?: Progress,
): Promise<Sent> {
  const sent: Sent = { rejected: [], moved: 0 };
  const before = new Map<string, Promise<unknown>>();
  const send = async ({ device, entries, copies }: Delivery): Promise<void> => {
    const tag = devices.get(device)!;
    const answers = await Promise.all(Array.from({ length: copies }, () => tag.sync(entries)));
    for (const answer of answers) note(sent, answer);
  };
  await eachOf(
    deliveries,
    atOnce,
    (delivery) => {
      const sending = Promise.resolve(before.get(delivery.device)).then(() => send(delivery));
      before.set(delivery.device, sending);
      return sending;
    },
    progress?.("sent", deliveries.length),
  );
  return sent;
}

function note(sent: Sent, { rejected, timestamps }: SyncAnswer): void {
  sent.rejected.push(...rejected);
  sent.moved += Object.keys(timestamps).length;
}
