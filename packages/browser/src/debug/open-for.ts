import { refine } from "@murmur/core";
import { pageContext } from "../capture/page-context.ts";
import type { Device } from "../device/device.ts";
import { slotsHere } from "../device/on-this-page.ts";
import type { Listeners } from "../listeners.ts";
import { definitionAt } from "./definition-at.ts";
import { pageAtRest } from "./page-at-rest.ts";
import { open } from "./panel.ts";
import type { ConsentState, Look } from "./source.ts";

/** How many of the latest rows of the log are shown, at most. */
const ROWS = 100;

/** Opens the panel for the tag of this page, once that has loaded. */
export async function openFor(device: Device, listeners: Listeners, edge: string): Promise<void> {
  await pageAtRest();
  open({ look: () => look(device, edge), onChange: (listener) => listeners.add("change", listener) });
}

async function look(device: Device, edge: string): Promise<Look> {
  await device.settled();
  const { state, consent } = device;
  const { meta, engine } = state;
  // Not woken for it: that would be a change to look at.
  const snapshot = engine.profile?.snapshot();
  const hash = state.manifest?.hash;
  // Without the edge there is everything to see but what the definition says.
  const definition = hash && (await definitionAt(edge, hash).catch(() => undefined));
  const rows = consent.analytics
    ? await state.act((transaction) => transaction.rowsAfter(Math.max(0, engine.seen - ROWS)))
    : [];
  return {
    now: state.now(),
    device: meta.device,
    ...(meta.subject !== undefined && { subject: meta.subject }),
    ...(definition && { manifest: { hash, definition } }),
    ...(snapshot && { snapshot }),
    rows,
    delivered: meta.delivered,
    slots: slotsHere(state, refine),
    consent: {
      analytics: stateOf(consent.analytics),
      personalization: stateOf(consent.personalization),
      marketing: stateOf(consent.marketing),
    },
    context: pageContext(),
  };
}

function stateOf(allowed: boolean | undefined): ConsentState {
  return allowed === undefined ? "pending" : allowed ? "granted" : "denied";
}
