import type { DeviceRecord } from "./log-store.ts";

const PURPOSES = ["analytics", "personalization", "marketing"] as const;

export type Purpose = (typeof PURPOSES)[number];

/** What a call says that the shopper allows; a purpose that is missing is pending. */
export type Consent = { readonly [Each in Purpose]?: boolean | undefined };

/** A shopper's decision. */
export interface Decision {
  granted: boolean;
  /** When it was taken: the edge's instant of the first call that said so, ms. */
  at: number;
}

/** The last decisions on one device. There at all once the device has said anything, be it that nothing is decided. */
export type DeviceConsent = { [Each in Purpose]?: Decision };

/**
 * What is known of a device's consent after a call that was sent at `at`, ms: the latest word counts. A pending purpose says
 * nothing new. A yes that was sent before a no is passed over, as it was overtaken on its way; a no never is. What is known
 * comes back itself where nothing is new.
 */
export function hear(known: DeviceConsent | undefined, said: Consent, at: number): DeviceConsent {
  const news = PURPOSES.flatMap((purpose) => {
    const granted = said[purpose];
    const before = known?.[purpose];
    const isOvertaken = granted && before && at < before.at;
    if (granted === undefined || granted === before?.granted || isOvertaken) return [];
    return [[purpose, { granted, at }] as const];
  });
  return known && news.length === 0 ? known : { ...known, ...Object.fromEntries(news) };
}

/**
 * Whether a purpose is allowed on the whole profile, by the strictest of its devices: a no on one stands until that one takes
 * it back or is removed; else it takes a yes on one. Where no device has ever said anything, who calls answers for it.
 */
export function isAllowed(devices: readonly DeviceRecord[], purpose: Purpose): boolean {
  const words = devices.flatMap(({ consent }) => consent ?? []);
  if (words.some((consent) => consent[purpose]?.granted === false)) return false;
  return words.length === 0 || words.some((consent) => consent[purpose]?.granted);
}

/** Whether a device's own entries may be recorded: that is for each device by itself. */
export function mayRecord(record: DeviceRecord | undefined): boolean {
  return !record?.consent || (record.consent.analytics?.granted ?? false);
}

/** Whether entries from the shop's server may be recorded: as long as one device may record, or none was asked. */
export function mayRecordAny(devices: readonly DeviceRecord[]): boolean {
  const asked = devices.filter(({ consent }) => consent);
  return asked.length === 0 || asked.some(mayRecord);
}

/** Whether no other device may record: with its no, nothing may be recorded any more. */
export function recordsAlone(devices: readonly DeviceRecord[], device: string): boolean {
  return !devices.some((record) => record.id !== device && record.consent && mayRecord(record));
}

/** Whether who asks for one device, or for the whole profile, may be told of its segments. */
export function mayListen(devices: readonly DeviceRecord[], device: string | undefined): boolean {
  const records =
    device === undefined ? mayRecordAny(devices) : mayRecord(devices.find(({ id }) => id === device));
  return records && isAllowed(devices, "personalization");
}
