/** Whether a caller's secret is the worker's. Takes as long for a near miss as for a wild guess; nothing matches none. */
export async function sameSecret(given: string, own: string | undefined): Promise<boolean> {
  // Digests have one length, which is what the comparison asks for and tells nobody the secret's.
  const [one, other] = await Promise.all([digest(given), digest(own ?? "")]);
  return crypto.subtle.timingSafeEqual(one, other) && Boolean(own);
}

function digest(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
}
