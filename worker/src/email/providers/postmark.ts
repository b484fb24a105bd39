import { CUSTOMER } from "../../hooks/fields.ts";
import { json, type EmailSender } from "../email-sender.ts";

/** Characters that a value of its metadata may have. */
const MAX_METADATA = 80;

/**
 * What it answers 422 for that is no fault of the e-mail's: a sender that is not there or not confirmed, no credits, an account that
 * may not send yet or any more, a template or a stream that is not there. https://postmarkapp.com/developer/api/overview#error-codes
 */
const SETTINGS = /"ErrorCode"\s*:\s*(400|401|405|412|413|1101|1235)\b/;

/**
 * https://postmarkapp.com/developer/api/email-api and …/api/templates-api. It knows no key: what is tried again after an
 * answer that was lost may arrive twice, and says by its metadata that it is the same.
 */
export const postmark: EmailSender = {
  api: "https://api.postmarkapp.com",
  call(
    { key, from, to, content, template, data, customer, journey, headers },
    { EMAIL_API_KEY, POSTMARK_STREAM },
  ) {
    const words = content && {
      Subject: content.subject,
      HtmlBody: content.html,
      ...(content.text !== undefined && { TextBody: content.text }),
    };
    const id = /^\d+$/.test(template) ? { TemplateId: Number(template) } : { TemplateAlias: template };
    return {
      path: words ? "/email" : "/email/withTemplate",
      ...json(
        {
          From: from,
          To: to,
          ...(words ?? { ...id, TemplateModel: data }),
          MessageStream: POSTMARK_STREAM || "broadcast",
          Tag: journey,
          // Where Postmark manages who has left a stream, its own go before.
          ...(headers && { Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })) }),
          // Whose id is longer, its events find by the address.
          Metadata: {
            ...(customer !== undefined && customer.length <= MAX_METADATA && { [CUSTOMER]: customer }),
            murmur_key: key,
          },
        },
        { accept: "application/json", "x-postmark-server-token": EMAIL_API_KEY ?? "" },
      ),
    };
  },
  isPassing: (status, body) => status === 422 && SETTINGS.test(body),
};
