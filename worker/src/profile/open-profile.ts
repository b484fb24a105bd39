import { edgeProgram } from "../definition.ts";
import type { Profiled } from "./bring-up.ts";
import { ProfileClock } from "./profile-clock.ts";
import { ProfileKeeper } from "./profile-keeper.ts";
import { sqliteLogStore } from "./sqlite-log-store.ts";

/** A profile in memory. */
export interface OpenProfile extends Profiled {
  clock: ProfileClock;
}

/** Opens a profile, whose tables are made if there are none; its clock can be moved in local development. */
export function openProfile(storage: DurableObjectStorage, movable: boolean): OpenProfile {
  const store = sqliteLogStore(storage);
  return {
    store,
    keeper: new ProfileKeeper(edgeProgram, store),
    clock: new ProfileClock(store, movable),
  };
}

/** Whether anything is kept here: looking for a profile that there is not makes none. */
export function isKept({ sql }: DurableObjectStorage): boolean {
  return sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'migration'").toArray().length > 0;
}
