import { refreshDefinition } from "../definition-store/refresh-definition.ts";
import type { Env } from "../env.ts";
import { allocationsNow } from "../experiments/allocations.ts";
import { decideFor } from "../profile/decide-for.ts";
import { decideForNobody } from "../profile/decide.ts";
import { profileStub, type ProfileAddress } from "../profile/profile-address.ts";
import { unitOf } from "../profile/unit-of.ts";
import type { Decisions } from "./rewrite-slots.ts";
import type { Visit } from "./visit.ts";

/** Decides all slots for who visits. No profile is made: of a device that is new, nothing is known that one could be asked for. */
export async function decideVisit(
  env: Env,
  { device, isNew, marketing, context }: Visit,
): Promise<Decisions | undefined> {
  // An isolate may have nothing but pages to serve, and hear of a push by nothing else.
  await refreshDefinition(env);
  const address: ProfileAddress = { kind: "device", id: device };
  const call = { context, unit: await unitOf(address), allocations: await allocationsNow(env) };
  if (isNew) return decideForNobody(call, Date.now()).slots;
  if (marketing !== false) return (await decideFor(env, { device }, { context })).slots;
  // Who refuses to be known on other devices is shown nothing of what those know.
  const outcome = await profileStub(env, address).decide(address, { ...call, device });
  return outcome.kind === "answer" ? outcome.answer.slots : undefined;
}
