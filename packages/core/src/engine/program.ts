import type { Manifest } from "../definition/manifest.ts";
import { DeviceProfile } from "./device-profile.ts";
import { Graph } from "./graph.ts";
import type { Plan } from "./plan.ts";
import type { SlotPlan } from "./slot-plan.ts";

/** A definition made ready to run: it is shared by any number of profiles and never changes. */
export interface DeviceProgram<Kind extends DeviceProfile = DeviceProfile> extends Manifest {
  readonly plan: Plan;
  readonly slots: ReadonlyMap<string, SlotPlan>;
  /** A fresh profile, or one restored; throws a SnapshotError when the snapshot is not one of this program. */
  profile(snapshot?: unknown): Kind;
}

/**
 * Brings a manifest to life, whose definition was checked, named and planned at the edge. A device saves the bytes of all
 * that, and of what only `explain` needs; a definition from anywhere else goes through `compile`.
 *
 * @throws PlanError when the plan is one for another version of the engine
 */
export function load({ hash, plan }: Manifest): DeviceProgram {
  const graph = new Graph(plan);
  const { slots } = graph;
  return { hash, plan, slots, profile: (snapshot) => new DeviceProfile(graph, hash, snapshot) };
}
