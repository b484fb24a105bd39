import { edgeProgram } from "../definition.ts";
import { EMAIL_SENDERS } from "../email/email-senders.ts";
import { asksForWayOut } from "../email/with-way-out.ts";
import type { Env } from "../env.ts";
import { SETTING_RULES, type SettingName } from "./setting-rules.ts";

/** A setting that is not what it must be, and what that is. Its value stays where it is: it may be a secret. */
export interface WrongSetting {
  setting: string;
  must: string;
}

/** The bindings without which nothing goes. */
const BINDINGS = [
  "PROFILE",
  "EMAIL_OWNER",
  "HOOK_TOKENS",
  "AUDIENCE",
  "EXPERIMENTS",
  "BANDITS",
  "COUNTERS",
] as const satisfies readonly (keyof Env)[];

/** What is wrong with the worker's settings and bindings: what they are, what is missing beside them, and names that are none. */
export async function wrongSettings(env: Env): Promise<WrongSetting[]> {
  const wrong = await Promise.all(
    Object.entries(SETTING_RULES).map(async ([setting, { must, isRight }]): Promise<WrongSetting[]> => {
      const value = env[setting as SettingName];
      return !value || (await isTrue(() => isRight(value))) ? [] : [{ setting, must: `be ${must}` }];
    }),
  );
  return [...wrong.flat(), ...missing(env), ...unknown(env)];
}

async function isTrue(ask: () => unknown): Promise<boolean> {
  try {
    return Boolean(await ask());
  } catch {
    return false;
  }
}

/** What others, or the definition, need beside them. */
function missing(env: Env): WrongSetting[] {
  const sender = Object.hasOwn(EMAIL_SENDERS, env.EMAIL_PROVIDER ?? "") && EMAIL_SENDERS[env.EMAIL_PROVIDER!];
  const needed: [setting: keyof Env, by: string][] = BINDINGS.map((name) => [name, "every worker"]);
  if (env.WEBHOOK_URL) needed.push(["WEBHOOK_SECRET", "WEBHOOK_URL"], ["WEBHOOKS", "WEBHOOK_URL"]);
  else if (edgeProgram.definition.journeys) needed.push(["WEBHOOKS", "the definition's journeys"]);
  if (env.EDGE_URL) needed.push(["TOKEN_SECRET", "EDGE_URL"]);
  if (sender) {
    for (const name of ["EMAIL_FROM", "EMAIL_API_KEY", ...(sender.settings ?? [])] as const)
      needed.push([name, "EMAIL_PROVIDER"]);
    if (Object.values(edgeProgram.definition.templates ?? {}).some(asksForWayOut))
      needed.push(["EDGE_URL", "a template's murmur:unsubscribe"]);
  }
  return needed
    .filter(([setting]) => !env[setting])
    .map(([setting, by]) => ({ setting, must: `be there: ${by} cannot do without it` }));
}

/** How settings are written. */
const NAME = /^[A-Z][A-Z0-9_]*$/;

/** Texts by names that nobody reads, as ALLOWED_ORIGIN is. */
function unknown(env: Env): WrongSetting[] {
  return Object.entries(env)
    .filter(
      ([name, value]) => typeof value === "string" && NAME.test(name) && !Object.hasOwn(SETTING_RULES, name),
    )
    .map(([setting]) => ({ setting, must: "have another name: this worker has no setting of this one" }));
}
