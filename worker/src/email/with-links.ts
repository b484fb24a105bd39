import type { Env } from "../env.ts";
import { signLink } from "../identity/sign-link.ts";
import type { Email } from "./email-sender.ts";

/** The query parameter that the tag reads. */
const PARAMETER = "murmur_link";
/** An attribute with an address of the web, as HTML takes it: in quotes of either kind, or in none. */
const HREF = /\bhref\s*=\s*("\s*https?:[^"]*"|'\s*https?:[^']*'|https?:[^\s"'<>`]+)/gi;

/**
 * The e-mail with a token in each link to the shop's own pages, those of ALLOWED_ORIGINS; and, for templates of the provider,
 * one token as `murmur_link` in the data. Only customers' mails have them: a device's click is its own.
 */
export async function withLinks(email: Email, env: Env): Promise<Email> {
  const { customer, content, data } = email;
  if (customer === undefined || !env.TOKEN_SECRET) return email;
  const sign = async (link: string): Promise<string> =>
    (await signLink(env, { customer, campaign: email.journey, email: email.key, link, at: email.dueAt }))!;
  if (!content) return { ...email, data: { [PARAMETER]: await sign("0"), ...data } };
  const origins = new Set((env.ALLOWED_ORIGINS ?? "").split(",").map((origin) => origin.trim()));
  const links = [...content.html.matchAll(HREF)];
  const tokens = await Promise.all(links.map((_link, at) => sign(`${at}`)));
  let at = 0;
  const html = content.html.replace(HREF, (written, value: string) => {
    const token = tokens[at++]!;
    const address = linked(value.replace(/^(["'])(.*)\1$/s, "$2"), token, origins);
    return address === undefined ? written : `href="${address}"`;
  });
  return { ...email, content: { ...content, html } };
}

/** As it stands in an attribute, `&` is written out. */
function linked(address: string, token: string, origins: ReadonlySet<string>): string | undefined {
  const url = URL.parse(address.replaceAll("&amp;", "&"));
  if (!url || !origins.has(url.origin)) return undefined;
  url.searchParams.set(PARAMETER, token);
  return url.href.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}
