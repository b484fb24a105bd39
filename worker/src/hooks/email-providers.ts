import type { EmailProvider } from "./email-provider.ts";
import { generic } from "./providers/generic.ts";
import { klaviyo } from "./providers/klaviyo.ts";
import { mailgun } from "./providers/mailgun.ts";
import { postmark } from "./providers/postmark.ts";
import { resend } from "./providers/resend.ts";
import { sendgrid } from "./providers/sendgrid.ts";
import { ses } from "./providers/ses.ts";

/** The providers by the name in their webhook's address. */
export const emailProviders: ReadonlyMap<string, EmailProvider> = new Map(
  Object.entries({ sendgrid, mailgun, postmark, resend, klaviyo, ses, generic }),
);
