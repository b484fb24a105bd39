import { guarded } from "../report.ts";
import type { ConsentSignal } from "./consent.ts";
import { seek } from "./seek.ts";

/** What is read of https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework `TCData`. */
interface TcData {
  eventStatus: "tcloaded" | "cmpuishown" | "useractioncomplete";
  gdprApplies?: boolean;
  purpose: { consents: Record<number, boolean> };
}

type TcfApi = (
  command: "addEventListener",
  version: 2,
  listener: (data: TcData, success: boolean) => void,
) => void;

/**
 * IAB TCF v2.2. Everything needs purpose 1, to store and read on the device. On top of it
 * - analytics needs 8, to measure how content performs,
 * - personalization needs 5 and 6, to make profiles for content and to use them,
 * - marketing needs 3 and 4, the same for advertising; 7 is about measuring adverts, of which Murmur shows none.
 * Only consent counts, no legitimate interest. Where the GDPR does not apply, nothing stands against any of it.
 */
export const tcf: ConsentSignal = (say) =>
  seek(() => {
    const listener = guarded((data: TcData | null, success: boolean) => {
      // It could not answer: what it says then is nothing that it knows.
      if (success === false) return;
      // While its dialogue is shown, what the API knows is no decision.
      if (data?.eventStatus !== "tcloaded" && data?.eventStatus !== "useractioncomplete") return;
      const { gdprApplies, purpose } = data;
      const may = (...ids: number[]) => gdprApplies === false || ids.every((id) => purpose.consents[id]);
      say({ analytics: may(1, 8), personalization: may(1, 5, 6), marketing: may(1, 3, 4) });
    });
    (window as unknown as { __tcfapi: TcfApi })["__tcfapi"]("addEventListener", 2, listener);
    return true;
  });
