import type { EmailContent } from "@murmur/core";
import type { Env } from "../env.ts";
import { unsubscribeToken } from "../identity/unsubscribe-token.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { edgeOrigin } from "./edge-origin.ts";
import type { Email } from "./email-sender.ts";

/** What stands in the shop's words for the address at which their reader unsubscribes. */
const PLACE = "murmur:unsubscribe";
/** Under which name a provider's template is handed it. */
const PARAMETER = "murmur_unsubscribe";

/** Whether the shop's words cannot do without that address. */
export function asksForWayOut(content: EmailContent | undefined): boolean {
  return [content?.html, content?.text].some((words) => words?.includes(PLACE));
}

/** The setting for want of which there is no such address; none where there is one. */
export function missingForWayOut({ EDGE_URL, TOKEN_SECRET }: Env): "EDGE_URL" | "TOKEN_SECRET" | undefined {
  if (edgeOrigin(EDGE_URL) === undefined) return "EDGE_URL";
  return TOKEN_SECRET ? undefined : "TOKEN_SECRET";
}

/**
 * The e-mail with a way to have no more of them: the headers by which mail programs show it (RFC 2369, and RFC 8058 for one click,
 * which takes https), and its address in the words or the template's data. As it is where the worker's own address is not known.
 */
export async function withWayOut(email: Email, profile: ProfileAddress, env: Env): Promise<Email> {
  const edge = edgeOrigin(env.EDGE_URL);
  const token = edge && (await unsubscribeToken(env, profile));
  if (token === undefined) return email;
  const address = `${edge}/v1/unsubscribe/${token}`;
  const headers = {
    "List-Unsubscribe": `<${address}>`,
    ...(address.startsWith("https:") && { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }),
  };
  const { content, data } = email;
  if (!content) return { ...email, headers, data: { [PARAMETER]: address, ...data } };
  const { html, text } = content;
  const words = {
    html: html.replaceAll(PLACE, address),
    ...(text !== undefined && { text: text.replaceAll(PLACE, address) }),
  };
  return { ...email, headers, content: { ...content, ...words } };
}
