import { SignJWT } from "jose";

export const devTokenSecret = "dev-secret-change-me-dev-secret-change-me";

/** The proof of identity that the tag hands to the edge: HS256, one hour. */
export function signCustomerToken(customerId: string, secret: string): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setSubject(customerId)
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(secret));
}
