import { deviceId } from "../wire/sync-schema.ts";
import { sha256Hex } from "../wire/sha256-hex.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The device that an anonymousId names by itself: the tag's own id, or a UUID, which is 128 random bit as well.
 * Nothing for any other: somebody else could guess it.
 */
export function ownDevice(anonymousId: string): string | undefined {
  const id = anonymousId.toLowerCase();
  if (UUID.test(id)) return id.replaceAll("-", "");
  return deviceId.safeParse(id).success ? id : undefined;
}

/** The device of any anonymousId that a server gives. One that is no device's id gets one that nobody can aim at. */
export async function deviceOf(anonymousId: string): Promise<string> {
  return ownDevice(anonymousId) ?? (await sha256Hex(`anonymousId:${anonymousId}`)).slice(0, 32);
}
