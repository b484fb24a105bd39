import type { Env } from "./env.ts";

/**
 * The Durable Object of that name, which is made where it is not there yet: within the jurisdiction that the worker's
 * objects are pinned to, where one is set. Every stub is made here, so that none lies elsewhere.
 */
export function objectStub<Face>(env: Pinned, namespace: DurableObjectNamespace, name: string): Face {
  const within = pinned(env, namespace);
  return faceOf(within.get(within.idFromName(name)));
}

/** The same, of which the platform's id is known. Throws a TypeError where that is no id of this kind of object. */
export function objectById<Face>(env: Pinned, namespace: DurableObjectNamespace, id: string): Face {
  const within = pinned(env, namespace);
  return faceOf(within.get(within.idFromString(id)));
}

/** The platform's id of the Durable Object of that name: it says nothing of the name. */
export function objectId(env: Pinned, namespace: DurableObjectNamespace, name: string): string {
  return pinned(env, namespace).idFromName(name).toString();
}

/** Whether an object of this kind may have that id of the platform's: another worker's, or one pinned elsewhere, has none of these. */
export function isObjectId(env: Pinned, namespace: DurableObjectNamespace, id: string): boolean {
  const within = pinned(env, namespace);
  try {
    within.idFromString(id);
    return true;
  } catch {
    return false;
  }
}

type Pinned = Pick<Env, "JURISDICTION">;

function pinned({ JURISDICTION }: Pinned, namespace: DurableObjectNamespace): DurableObjectNamespace {
  return JURISDICTION ? namespace.jurisdiction(JURISDICTION) : namespace;
}

/** The platform's mapped type for remote calls gives up on recursive JSON: each kind of object writes out its own. */
function faceOf<Face>(stub: unknown): Face {
  return stub as Face;
}
