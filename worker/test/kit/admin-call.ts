import { fetchEdge } from "./call.ts";

/** As worker/vitest.config.ts binds it. */
export const ADMIN = "an-admin-token-of-the-tests";

export interface ExportedMember {
  userId?: string;
  anonymousId?: string;
  since: number;
  marketing: boolean;
  cursor: string;
}

export function admin(path: string, init: RequestInit = {}, token = ADMIN): Promise<Response> {
  return fetchEdge(`/v1/admin${path}`, { ...init, headers: { authorization: `Bearer ${token}` } });
}

/** How many the edge counts in a segment. */
export async function countOf(segment: string): Promise<number> {
  const { audiences } = await (
    await admin("/audiences")
  ).json<{ audiences: { segment: string; members: number }[] }>();
  return audiences.find((one) => one.segment === segment)!.members;
}

/** Who is exported of a segment. */
export async function membersOf(segment: string, query = ""): Promise<ExportedMember[]> {
  const answer = await admin(`/audiences/${segment}/members${query}`);
  return new TextDecoder()
    .decode(await answer.arrayBuffer())
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ExportedMember);
}
