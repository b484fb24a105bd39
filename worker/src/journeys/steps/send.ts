import { sendEmail } from "../../email/send-email.ts";
import type { Delivery } from "../deliver-effect.ts";

export const send: Delivery<"send"> = (env, address, effect, action) =>
  sendEmail(env, address, effect, action);
