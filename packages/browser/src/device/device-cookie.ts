/**
 * Keeps the device's id in a first-party cookie of this host, for 400 days (in s: the most that browsers allow), or removes it
 * where the id is empty; without one, returns what is kept. What is no id counts for nothing.
 * https://www.rfc-editor.org/rfc/rfc6265bis#section-5.5
 */
export function deviceCookie(name: string, id?: string): string | undefined {
  try {
    const kept = document.cookie.match(`(^| )${name}=([0-9a-f]{32})(;|$)`)?.[2];
    if (id === undefined || id === kept) return kept;
    // What the edge has set for the whole site goes as well. This host's own, which has no domain, comes last.
    const labels = kept || !id ? location.hostname.split(".") : [""];
    do {
      const domain = labels.join(".");
      document.cookie = `${name}=${id};Path=/;SameSite=Lax;Max-Age=${domain || !id ? 0 : 34_560_000};Domain=${domain}${location.protocol === "https:" ? ";Secure" : ""}`;
    } while (labels.shift());
  } catch {
    // The browser lets nobody at its cookies: there is none.
  }
  return undefined;
}
