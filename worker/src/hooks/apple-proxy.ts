/**
 * Whether a picture was fetched by Apple's Mail Privacy Protection, which does so whether or not the message is read. Its
 * proxy sends this user agent and nothing after it; every browser and mail program says more. For providers that do not
 * mark it themselves.
 */
export function isAppleProxy(userAgent: string | undefined): boolean {
  return userAgent?.trim() === "Mozilla/5.0";
}
