import type { Env } from "../env.ts";
import type { EmailEvent } from "./email-event.ts";
import type { UsedTokens } from "./used-tokens.ts";

/** A provider's call, as it came in. */
export interface HookCall {
  headers: Headers;
  /** As it was sent, to the byte: this is what is signed. What is no UTF-8 fails by its signature, and is no JSON either. */
  body: string;
  env: Env;
  tokens: UsedTokens;
  /** Milliseconds. */
  now: number;
}

/** What an authentic call brought. */
export interface Opened {
  /** The provider's own events, unread. */
  events: readonly unknown[];
  /** To be called when all of them are on disk. */
  settled?: () => Promise<void>;
}

/** One e-mail provider's webhooks. */
export interface EmailProvider {
  /** Checks that the call comes from the provider, and takes it apart. Throws a Problem when it does not, or is no call of its. */
  open(call: HookCall): Promise<Opened>;
  /** One event in Segment's words; nothing for a kind that is not kept. Throws zod's error for one that is malformed. */
  read(event: unknown): EmailEvent | undefined;
}
