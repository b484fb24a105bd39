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

/** How long a look waits for the definition, ms: an edge that hangs must not keep the rest from being seen. */
const PATIENCE = 1_000;

/** Opens the panel for the tag of this page, once that has loaded. */
export async function openFor(device: Device, listeners: Listeners, edge: string): Promise<void> {
  await pageAtRest();
  let changed = (): void => {};
  open({
    look: () => look(device, edge, () => changed()),
    onChange: (listener) => listeners.add("change", (changed = listener)),
  });
}

/** The tag as it is; `later` is called where the definition comes only after that. */
async function look(device: Device, edge: string, later: () => void): Promise<Look> {
  await device.settled();
  const { state, consent } = device;
  const { meta, engine } = state;
  // Not woken for it: that would be a change to look at.
  const snapshot = engine.profile?.snapshot();
  const hash = state.manifest?.hash;
  // Without the edge there is everything to see but what the definition says.
  const definition = hash && (await soon(definitionAt(edge, hash), later));
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

/** What comes soon; nothing where it fails, or takes its time: then `later` is called once it is there. */
async function soon<Value>(coming: Promise<Value>, later: () => void): Promise<Value | undefined> {
  let isLate = false;
  const come = coming.then(
    (value) => {
      if (isLate) later();
      return value;
    },
    () => undefined,
  );
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE));
  const value = await Promise.race([come, late]);
  isLate = true;
  return value;
}

function stateOf(allowed: boolean | undefined): ConsentState {
  return allowed === undefined ? "pending" : allowed ? "granted" : "denied";
}
