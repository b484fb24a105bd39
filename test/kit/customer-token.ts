import { signCustomerToken } from "../../examples/storefront/customer-token.ts";

/** What the shops and the workers of the tests sign and check tokens with. */
export const TOKEN_SECRET = "a-secret-of-the-tests-of-32-bytes-or-more";

/** A token as the shop's server makes it for who has signed in. */
export function customerToken(customer: string): Promise<string> {
  return signCustomerToken(customer, TOKEN_SECRET);
}
