import type { Manifest } from "@murmur/core";
import { onTestFinished, vi } from "vitest";
import type { Consent } from "../../src/consent/consent.ts";
import { Deliverer } from "../../src/deliver/deliverer.ts";
import type { EdgeClient, Refusal } from "../../src/deliver/edge-client.ts";
import type { SyncRequest, SyncResponse } from "../../src/deliver/sync-protocol.ts";
import type { DeviceState } from "../../src/device/device-state.ts";
import { memoryStore } from "../../src/log/memory-store.ts";
import { MANIFEST, page, taken } from "../device/kit.ts";

/** A device's way to an edge that answers as it is told to; without a word, it takes everything. */
export interface Delivery {
  state: DeviceState;
  deliverer: Deliverer;
  edge: EdgeClient;
  /** What the shopper allows; to be changed. */
  consent: Consent;
  /** The calls that were made, in order. */
  calls: SyncRequest[];
  beacons: SyncRequest[];
  /** What the edge has taken, as it was told. */
  delivered: string[];
  /** How often the log may have changed. */
  settled: number;
  /** The manifests that were asked for. */
  manifests: (string | undefined)[];
  /** How the edge answers from now on. */
  answer: (request: SyncRequest) => Partial<SyncResponse> | Promise<Partial<SyncResponse>>;
  manifest: (hash: string | undefined) => Manifest;
}

export async function delivery(): Promise<Delivery> {
  const state = await page(memoryStore(new Map(), () => {}));
  const given: Omit<Delivery, "deliverer" | "edge"> = {
    state,
    consent: { analytics: true, personalization: true, marketing: true },
    calls: [],
    beacons: [],
    delivered: [],
    settled: 0,
    manifests: [],
    answer: () => ({}),
    manifest: () => MANIFEST,
  };
  const edge: EdgeClient = {
    async sync(request) {
      given.calls.push(request);
      return { ...taken(), ...(await given.answer(request)) };
    },
    beacon: (request) => given.beacons.push(request) > 0,
    forget: async () => true,
    async manifest(hash) {
      given.manifests.push(hash);
      return given.manifest(hash);
    },
  };
  const deliverer = new Deliverer({
    state,
    edge,
    name: crypto.randomUUID(),
    consent: () => given.consent,
    onSettled: () => void given.settled++,
    onDelivered: (entries) => void given.delivered.push(...entries.map(({ id }) => id)),
  });
  onTestFinished(() => deliverer.stop());
  return Object.assign(given, { deliverer, edge });
}

/** As the edge's client throws it. */
export function refusal(refused: Refusal = {}): Error {
  return Object.assign(new Error("refused"), refused);
}

/** Notes the waits before the next try that are asked for, ms, each as long as it can be, in place of waiting. */
export function waits({ deliverer }: Delivery): number[] {
  const asked: number[] = [];
  const random = vi.spyOn(Math, "random").mockReturnValue(1);
  const retry = vi.spyOn(deliverer, "retry").mockImplementation((delay = 0) => void asked.push(delay));
  onTestFinished(() => {
    random.mockRestore();
    retry.mockRestore();
  });
  return asked;
}
