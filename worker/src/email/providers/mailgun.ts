import { CUSTOMER } from "../../hooks/fields.ts";
import type { EmailSender } from "../email-sender.ts";

/** What a tag may be made of. */
const TAG = /^[\x20-\x7e]{1,128}$/;

/**
 * https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages. It knows no key: what is tried again
 * after an answer that was lost may arrive twice, and says by its variables that it is the same.
 */
export const mailgun: EmailSender = {
  api: "https://api.mailgun.net",
  settings: ["MAILGUN_DOMAIN"],
  call(
    { key, from, to, content, template, data, customer, journey, headers = {} },
    { EMAIL_API_KEY, MAILGUN_DOMAIN },
  ) {
    const words = content
      ? {
          subject: content.subject,
          html: content.html,
          ...(content.text !== undefined && { text: content.text }),
        }
      : { template, "t:variables": JSON.stringify(data) };
    const fields = {
      from,
      to,
      ...words,
      ...(TAG.test(journey) && { "o:tag": journey }),
      ...(customer !== undefined && { [`v:${CUSTOMER}`]: customer }),
      "v:murmur_key": key,
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [`h:${name}`, value])),
    };
    return {
      path: `/v3/${MAILGUN_DOMAIN}/messages`,
      headers: {
        authorization: `Basic ${btoa(`api:${EMAIL_API_KEY}`)}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams(fields).toString(),
    };
  },
};
