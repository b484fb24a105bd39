import type { Entry } from "@murmur/core";
import type { Consent } from "../consent/consent.ts";
import { localNow } from "../device/page-clock.ts";
import type { DeviceMeta } from "../log/device-meta.ts";
import type { SyncRequest } from "./sync-protocol.ts";

/** The customer's signed token, and whom it names. */
export interface Token {
  text: string;
  subject: string;
}

/** Who sends. */
export interface Sender {
  /** Names the device's cookie, and the lock that lets one of its pages deliver at a time. */
  name: string;
  /** What the shopper allows. */
  consent: () => Consent;
}

/** A call that brings a device's entries, says what its log lacks, who has signed in and what is allowed. */
export function syncRequest(
  { device, subject, shift, log, cursor, folded }: DeviceMeta,
  entries: readonly Entry[],
  token: Token | undefined,
  { name, consent }: Sender,
): SyncRequest {
  return {
    device,
    sentAt: localNow() + shift,
    // Another page may have signed out, or somebody else in: a token goes only with the device that it is for.
    identity: consent().marketing && token?.subject === subject ? token?.text : undefined,
    log,
    cursor,
    folded,
    cookie: name,
    consent: consent(),
    entries,
  };
}

/** What a call says that is no entry, and that the edge must not miss. */
export function saidIn({ identity, consent }: SyncRequest): string {
  return JSON.stringify([identity, consent]);
}
