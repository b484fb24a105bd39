import { OpenFeature, ProviderEvents, type Client, type EventDetails } from "@openfeature/web-sdk";
import type { Definition } from "@murmur/core";
import type { Murmur } from "@murmur/browser";
import { onTestFinished } from "vitest";
import { knownDevice, start } from "../../browser/test/kit.ts";
import { MurmurWebProvider, type MurmurWebProviderOptions } from "../src/index.ts";

export const definition = {
  segments: {
    fan: { count: "Product Viewed", gt: 3 },
    buyer: { count: "Order Completed", gte: 1 },
  },
  slots: {
    hero: { variants: [{ id: "fans", when: { segment: "fan" }, content: { title: "For fans", rank: 1 } }] },
    offer: {
      variants: [{ id: "half", when: { segment: "buyer" }, content: { percent: 50 } }],
      fallback: { content: { percent: 10 } },
    },
  },
} satisfies Definition;

/** A tag on a device that knows the definition. */
export async function device(): Promise<Murmur> {
  const database = `openfeature-${crypto.randomUUID()}`;
  await knownDevice(database, definition);
  return start({ database });
}

/** A tag on a device of which nothing is known. */
export function stranger(): Murmur {
  return start({ database: `openfeature-${crypto.randomUUID()}` });
}

/** OpenFeature with the provider, in a domain of the test's own. */
export async function client(options: MurmurWebProviderOptions): Promise<Client> {
  const domain = crypto.randomUUID();
  await OpenFeature.setProviderAndWait(domain, new MurmurWebProvider(options));
  onTestFinished(() => OpenFeature.clearProviders());
  return OpenFeature.getClient(domain);
}

/** The flags that each change names, from now on. */
export function changesOf(flags: Client): string[][] {
  const changes: string[][] = [];
  flags.addHandler(ProviderEvents.ConfigurationChanged, (details?: EventDetails) => {
    changes.push([...((details as { flagsChanged?: string[] })?.flagsChanged ?? [])].sort());
  });
  return changes;
}
