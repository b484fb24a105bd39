import { compareEntries, type Entry, type IdentifyEntry } from "@murmur/core";
import type { Env } from "../env.ts";
import { checkpointOf, foldedUpTo } from "../profile/checkpoint.ts";
import type { LogStore } from "../profile/log-store.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { emailHash } from "./email-hash.ts";
import { emailOwner, type EmailOwnerObject } from "./email-owner.ts";

/** Finds the owner of an address by its hash. */
export type EmailOwners = (hash: string) => EmailOwnerObject;

/** The hash that a profile owns, none where the person took the address back or another owns it; and the entry that said so. */
interface Claimed {
  hash: string | null;
  timestamp: number;
  id: string;
}

/** Under which name a profile's store keeps it. */
const CLAIMED = "email";
/** Under which one it keeps the hash that is just being claimed: where the answer is lost, it may be the profile's all the same. */
const CLAIMING = "email-claiming";

/** The addresses that a profile may claim: a customer's may, a device's where the shop takes its word. */
export function emailOwners(env: Env, { kind }: ProfileAddress): EmailOwners | undefined {
  return kind === "customer" || env.TRUST_DEVICE_EMAIL === "1" ? (hash) => emailOwner(env, hash) : undefined;
}

/** Whether entries say what the person's address is. */
export function tellEmail(entries: readonly Entry[]): boolean {
  return entries.some(tellsEmail);
}

/**
 * Makes a profile the owner of the address that its log names, and gives up the one before. To be called when entries
 * that tell an address have come, and before they are acknowledged: what breaks off is done when they come again.
 */
export async function claimEmail(
  store: LogStore,
  profile: ProfileAddress,
  owners: EmailOwners,
): Promise<void> {
  const before = store.get<Claimed | null>(CLAIMED) ?? undefined;
  const last = lastTold(store.all());
  // What told of the claimed one may have left the log since, for its age.
  if (!last || (before && compareEntries(last, before) <= 0)) return;
  const told = (await emailHash(last.traits["email"])) ?? null;
  let hash = told;
  await releaseBrokenOff(store, profile, owners);
  if (told !== before?.hash) {
    if (told !== null) {
      store.put(CLAIMING, told);
      // What another owns is asked for again when it is told again: by then it may have been given up.
      if (!(await owners(told).claim(profile))) hash = null;
    }
    if (before?.hash) await owners(before.hash).release(profile);
    store.drop(CLAIMING);
  }
  store.put(CLAIMED, { hash, timestamp: last.timestamp, id: last.id } satisfies Claimed);
}

/**
 * Gives up a profile's address where what told of it has been taken out of the log, not just folded with its oldest. Says
 * whether it was: what is left of the log may tell of another.
 */
export async function releaseUntold(
  store: LogStore,
  profile: ProfileAddress,
  owners: EmailOwners,
): Promise<boolean> {
  const claimed = store.get<Claimed | null>(CLAIMED);
  const wasBrokenOff = await releaseBrokenOff(store, profile, owners);
  if (!claimed || store.timestampOf(claimed.id) !== undefined) return wasBrokenOff;
  if (claimed.timestamp <= foldedUpTo(store) && checkpointOf(store)) return wasBrokenOff;
  await releaseEmail(store, profile, owners);
  return true;
}

/** Gives up a profile's address: to be called before what told of it is erased. */
export async function releaseEmail(
  store: LogStore,
  profile: ProfileAddress,
  owners: EmailOwners,
): Promise<void> {
  const claimed = store.get<Claimed | null>(CLAIMED);
  if (claimed?.hash) await owners(claimed.hash).release(profile);
  store.put(CLAIMED, null);
  await releaseBrokenOff(store, profile, owners);
}

/** Gives up what a claim that was broken off may have gained; says whether there was one. */
async function releaseBrokenOff(
  store: LogStore,
  profile: ProfileAddress,
  owners: EmailOwners,
): Promise<boolean> {
  const hash = store.get<string>(CLAIMING);
  if (hash === undefined) return false;
  await owners(hash).release(profile);
  store.drop(CLAIMING);
  return true;
}

/** The entry that the trait is from, as the language has it: the last one written, by (timestamp, id). */
function lastTold(entries: Iterable<Entry>): IdentifyEntry | undefined {
  let last: IdentifyEntry | undefined;
  for (const entry of entries)
    if (tellsEmail(entry) && (!last || compareEntries(entry, last) > 0)) last = entry;
  return last;
}

function tellsEmail(entry: Entry): entry is IdentifyEntry {
  return entry.type === "identify" && Object.hasOwn(entry.traits, "email");
}
