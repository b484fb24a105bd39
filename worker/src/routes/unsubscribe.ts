import { Hono, type Context } from "hono";
import { accepts } from "hono/accepts";
import { unsubscribe } from "../email/unsubscribe.ts";
import { UNSUBSCRIBE_WORDS, type UnsubscribeWords } from "../email/unsubscribe-words.ts";
import type { Env } from "../env.ts";
import { unsubscribing } from "../identity/unsubscribe-token.ts";
import { isObjectId } from "../object-stub.ts";
import { Problem } from "../wire/problem.ts";

type Asked = Context<{ Bindings: Env }>;

/** The address is a key: it is kept by nobody, and no page that is left by a link is told of it. No `no-referrer`, by which a form's origin would be lost. */
const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex",
};

/** In the reader's own colours, light or dark: it is nobody's shop. */
const STYLE =
  ":root{color-scheme:light dark}" +
  "body{font:1rem/1.5 system-ui,sans-serif;max-width:30rem;margin:20vh auto 0;padding:0 1.5rem;text-align:center}" +
  "h1{font-size:1.5rem;line-height:1.25;text-wrap:balance}" +
  "button{font:inherit;font-weight:600;padding:.75rem 1.5rem;border:0;border-radius:2rem;background:CanvasText;color:Canvas;cursor:pointer}";

/**
 * `/v1/unsubscribe/{token}`: where the e-mails of journeys lead who wants no more of them. GET is a page that asks, for programs
 * that check mails open their links; POST does it: by one click in a mail program (RFC 8058), or by the page's button.
 */
export const unsubscribeRoute = new Hono<{ Bindings: Env }>()
  .get("/:token", async (context) => {
    await profileOf(context);
    return page(context, ({ ask, button }) => [ask, `<form method="post"><button>${button}</button></form>`]);
  })
  .post("/:token", async (context) => {
    await unsubscribe(context.env, await profileOf(context));
    return page(context, ({ done, told }) => [done, `<p>${told}</p>`]);
  });

async function profileOf({ req, env }: Asked): Promise<string> {
  const profile = await unsubscribing(req.param("token") ?? "", env);
  if (profile === undefined || !isObjectId(env, env.PROFILE, profile))
    throw new Problem("not_found", "Open the link as it stands in the e-mail.");
  return profile;
}

/** A page in the first of its reader's languages that there are words for. */
function page(context: Asked, says: (words: UnsubscribeWords) => [title: string, body: string]): Response {
  const language = accepts(context, {
    header: "Accept-Language",
    supports: Object.keys(UNSUBSCRIBE_WORDS),
    default: "en",
    match: (accepted, { supports, default: otherwise }) =>
      accepted
        .filter(({ q }) => q > 0)
        .sort((a, b) => b.q - a.q)
        .map(({ type }) => type.toLowerCase().split("-", 1)[0]!)
        .find((each) => supports.includes(each)) ?? otherwise,
  }) as keyof typeof UNSUBSCRIBE_WORDS;
  const [title, body] = says(UNSUBSCRIBE_WORDS[language]);
  return context.html(
    `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<title>${title}</title><style>${STYLE}</style><h1>${title}</h1>${body}</html>`,
    200,
    HEADERS,
  );
}
