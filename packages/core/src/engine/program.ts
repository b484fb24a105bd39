import type { Definition } from "../definition/definition.ts";
import type { Manifest } from "../definition/manifest.ts";
import { Plan } from "./plan.ts";
import { DeviceProfile } from "./device-profile.ts";
import type { Profile } from "./profile.ts";

type ProfileKind<Kind> = new (plan: Plan, definition: string, snapshot: unknown) => Kind;

/** A definition made ready to run: it is shared by any number of profiles and never changes. */
export class Program<Kind extends DeviceProfile = Profile> {
  readonly definition: Definition;
  /** Names the definition: 16 hex digits. */
  readonly hash: string;
  /** @internal */
  readonly plan: Plan;
  readonly #kind: ProfileKind<Kind>;

  /** @internal Use `compile` or `load`. */
  constructor({ hash, definition }: Manifest, kind: ProfileKind<Kind>, planned = definition) {
    this.definition = definition;
    this.hash = hash;
    this.plan = new Plan(planned);
    this.#kind = kind;
  }

  /** A fresh profile, or one restored; throws a SnapshotError when the snapshot is not one of this program. */
  profile(snapshot?: unknown): Kind {
    return new this.#kind(this.plan, this.hash, snapshot);
  }
}

/**
 * Makes a manifest ready, whose definition was checked and named at the edge. A device saves the bytes of the checks so,
 * and of what only `explain` needs; a definition from anywhere else goes through `compile`.
 */
export function load(manifest: Manifest): Program<DeviceProfile> {
  return new Program(manifest, DeviceProfile);
}
