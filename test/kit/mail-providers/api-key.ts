/** The shop's key at each of the providers. */
export const API_KEY = "a-key-of-the-shop";
