import { CUSTOMER } from "../../hooks/fields.ts";
import { addressParts } from "../address-parts.ts";
import { json, type EmailSender } from "../email-sender.ts";

/**
 * https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send. It knows no key: what is tried again after an answer
 * that was lost may arrive twice, and says by its custom arguments that it is the same.
 */
export const sendgrid: EmailSender = {
  api: "https://api.sendgrid.com",
  call({ key, from, to, content, template, data, customer, journey, headers }, { EMAIL_API_KEY }) {
    const args = { ...(customer !== undefined && { [CUSTOMER]: customer }), murmur_key: key };
    const words = content && {
      subject: content.subject,
      // Plain text first, as it asks for, and none that is empty.
      content: [
        ...(content.text ? [{ type: "text/plain", value: content.text }] : []),
        { type: "text/html", value: content.html },
      ],
    };
    return {
      path: "/v3/mail/send",
      ...json(
        {
          from: addressParts(from),
          personalizations: [
            { to: [{ email: to }], custom_args: args, ...(!words && { dynamic_template_data: data }) },
          ],
          ...(words ?? { template_id: template }),
          ...(headers && { headers }),
          categories: [journey],
        },
        // Without the first it answers 406.
        { accept: "application/json", authorization: `Bearer ${EMAIL_API_KEY}` },
      ),
    };
  },
};
