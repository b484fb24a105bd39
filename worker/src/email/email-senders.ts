import type { EmailSender } from "./email-sender.ts";
import { klaviyo } from "./providers/klaviyo.ts";
import { mailgun } from "./providers/mailgun.ts";
import { postmark } from "./providers/postmark.ts";
import { resend } from "./providers/resend.ts";
import { sendgrid } from "./providers/sendgrid.ts";

/** Who can send e-mails, by the name that EMAIL_PROVIDER has. */
export const EMAIL_SENDERS: Readonly<Record<string, EmailSender>> = {
  resend,
  postmark,
  sendgrid,
  mailgun,
  klaviyo,
};
