import type { Env } from "../env.ts";
import { log } from "../ops/log.ts";
import { wrongSettings, type WrongSetting } from "./wrong-settings.ts";

const noted = new WeakMap<Env, Promise<readonly WrongSetting[]>>();

/** Looks at the settings once in an isolate, before what is wrong with them shows in a call: it stands in the log. */
export function noteSettings(env: Env): Promise<readonly WrongSetting[]> {
  const noting = noted.get(env) ?? note(env);
  noted.set(env, noting);
  return noting;
}

async function note(env: Env): Promise<readonly WrongSetting[]> {
  const wrong = await wrongSettings(env);
  for (const each of wrong) log({ event: "setting_wrong", ...each });
  return wrong;
}
