// What the pages' TypeScript and JavaScript may name without saying where it comes from.
import type { Consent, Murmur } from "@murmur/browser";
import type { Definition, Entry, Profile, Program } from "@murmur/core";

/** A method of the tag, and what it takes. */
type QueuedCall =
  | { [Method in keyof Murmur]: [Method, ...Parameters<Murmur[Method]>] }[keyof Murmur]
  | ["ready", (murmur: Murmur) => void];

declare global {
  /** The tag, as `init` or `["ready", …]` hands it out. */
  const murmur: Murmur;
  /** A definition, what `compile` made of it, and a profile under it. */
  const definition: Definition;
  const program: Program;
  const profile: Profile;
  /** Somebody's log. */
  const entries: Entry[];
  /** Where the worker runs. */
  const edge: string;
  /** What a shop's server knows: the customer, their device, and the worker's secrets. */
  const customerId: string;
  const deviceId: string;
  const TOKEN_SECRET: string;
  const SECRET_WRITE_KEY: string;
  /** Shopify's: what a web pixel listens with. */
  const analytics: { subscribe(name: string, callback: (event: never) => void): unknown };
  /** What a consent platform has been told. */
  const allowed: Consent;

  interface Window {
    /** The queue, and in its place the tag. */
    murmur: QueuedCall[] | (Murmur & { push(call: QueuedCall): void }) | undefined;
    dataLayer: unknown[];
  }

  /** Cloudflare's service binding. */
  interface Fetcher {
    fetch(request: Request): Promise<Response>;
  }
}
