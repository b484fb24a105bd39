import { checkDefinition, definitionHash, type Definition } from "@murmur/core";
import { deployed, putInForce } from "../definition.ts";
import type { Env } from "../env.ts";
import { objectStub } from "../object-stub.ts";
import { log, traceOf } from "../ops/log.ts";
import type { DefinitionObjectFace } from "./definition-object.ts";

/** For how long an isolate takes for granted what is in force, ms: so much later at most, a push is in force everywhere. */
const FRESH_FOR = 5_000;

let checkedAt = -Infinity;
/** How often it was asked, and the latest of these that was answered: an earlier one's answer is older. */
let [asked, answered] = [0, 0];
let hashInForce = deployed.hash;
/** Of what was pushed, and this worker does not know the words of: the log has it. */
let hashUnknown: string | undefined;

/** The object that holds what was pushed; undefined where a worker is deployed without one. */
export function definitionObject(env: Env): DefinitionObjectFace | undefined {
  return env.DEFINITION && objectStub<DefinitionObjectFace>(env, env.DEFINITION, "current");
}

/**
 * Puts in force, in this isolate, what was pushed to the worker, or what it was deployed with. Asks once in five seconds; `now`
 * asks at once. Where nobody can be asked, what is in force stays so.
 */
export async function refreshDefinition(env: Env, when: "in time" | "now" = "in time"): Promise<void> {
  if (when === "in time" && Date.now() - checkedAt < FRESH_FOR) return;
  const object = definitionObject(env);
  if (!object) return;
  const turn = ++asked;
  try {
    const pushed = await object.read(deployed.hash, hashInForce);
    if (turn < answered) return;
    answered = turn;
    checkedAt = Date.now();
    if (pushed !== "known") take(pushed?.definition ?? deployed.definition);
  } catch (error) {
    log({ event: "definition_not_read", ...traceOf(error) });
  }
}

function take(pushed: Definition): void {
  const hash = definitionHash(pushed);
  if (hash === hashInForce || hash === hashUnknown) return;
  // Another version of the worker has checked it, whose words may be others: a later one, where this is a rollback.
  const errors = checkDefinition(pushed);
  if (errors.length > 0) {
    hashUnknown = hash;
    return log({ event: "definition_unknown", paths: errors.slice(0, 10).map(({ path }) => path) });
  }
  putInForce(pushed);
  hashInForce = hash;
}

/** The hash of what is in force in this isolate, as it was written. */
export function currentHash(): string {
  return hashInForce;
}
