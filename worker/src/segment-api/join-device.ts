import type { Env } from "../env.ts";
import { syncProfile } from "../profile/ask-profile.ts";
import { Problem } from "../wire/problem.ts";

/**
 * Joins a device's log to a customer's profile, as the customer's token would. False when it is somebody else's. A
 * device whose shopper has said no to that stays on its own.
 */
export async function joinDevice(env: Env, customer: string, device: string): Promise<boolean> {
  try {
    const now = Date.now();
    const call = { device, sentAt: now, cursor: 0, entries: [], slots: [] };
    await syncProfile(env, { subject: customer, issuedAt: now }, call);
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code === "device_taken") return false;
    throw error;
  }
}
