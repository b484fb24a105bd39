import type { Env } from "../env.ts";
import { Problem } from "../wire/problem.ts";
import { sameSecret } from "../wire/same-secret.ts";

/** A server's key may name any customer; a browser's, which everybody can read, speaks for its own device alone. */
export type WriteKey = "secret" | "public";

/**
 * Which key a request brings in its Basic authorization: the name is the key, the password stays empty, as Segment's
 * libraries send it. Throws the problem `write_key_invalid` for any other.
 */
export async function writeKeyOf(request: Request, env: Env): Promise<WriteKey> {
  const given = userName(request.headers.get("authorization") ?? "");
  const isSecret = await sameSecret(given, env.SECRET_WRITE_KEY);
  const isPublic = await sameSecret(given, env.PUBLIC_WRITE_KEY);
  if (isSecret && request.headers.has("origin"))
    throw new Problem(
      "secret_key_in_page",
      "Take the secret write key out of this page and replace it on the worker: whoever opens the page can read it.",
    );
  if (isSecret) return "secret";
  if (isPublic) return "public";
  throw new Problem(
    "write_key_invalid",
    "Send SECRET_WRITE_KEY or PUBLIC_WRITE_KEY as the user name of Basic authorization, with an empty password.",
  );
}

/** Empty, which is no key, where there is none to read. */
function userName(authorization: string): string {
  const [, encoded] = /^Basic ([\w+/=-]+)$/i.exec(authorization) ?? [];
  try {
    return atob(encoded ?? "").split(":", 1)[0]!;
  } catch {
    return "";
  }
}
