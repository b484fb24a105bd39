import type { Message } from "./message-schema.ts";
import { deviceOf, ownDevice } from "./device-of.ts";
import type { Refused } from "./refusal.ts";
import type { WriteKey } from "./write-key.ts";

/** Whose profile a message goes to, and the device that it says is theirs as well. */
export interface Sender {
  customer?: string;
  device?: string;
}

/** Who a message is from, as far as its key may say so; or why it may not. */
export async function senderOf(message: Message, key: WriteKey): Promise<Sender | Refused> {
  return key === "secret" ? namedByServer(message) : ownOfBrowser(message);
}

async function namedByServer(message: Message): Promise<Sender | Refused> {
  const { userId, anonymousId, type } = message;
  const customer = given(userId);
  if (type === "alias") {
    if (customer === undefined) return invalid("userId", "names the customer that previousId is");
    return { customer, device: await deviceOf(message.previousId) };
  }
  const device = given(anonymousId);
  if (customer === undefined && device === undefined)
    return invalid("userId", "or anonymousId must say whose it is");
  return {
    ...(customer !== undefined && { customer }),
    ...(device !== undefined && { device: await deviceOf(device) }),
  };
}

function ownOfBrowser({ type, userId, anonymousId }: Message): Sender | Refused {
  if (type === "alias" || given(userId) !== undefined)
    return {
      reason: "forbidden",
      path: type === "alias" ? "type" : "userId",
      message: "only the secret write key may say who a customer is: send anonymousId alone",
    };
  const device = ownDevice(given(anonymousId) ?? "");
  if (device === undefined)
    return invalid("anonymousId", "must be this device's own random id: a UUID, or 32 hex digits");
  return { device };
}

/** Libraries write an id that they do not have as null or empty text. */
function given(id: string | number | null | undefined): string | undefined {
  return id === null || id === undefined || id === "" ? undefined : String(id);
}

function invalid(path: string, message: string): Refused {
  return { reason: "invalid", path, message: `${path} ${message}` };
}
