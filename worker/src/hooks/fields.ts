import { z } from "zod";

/** Longest text that is kept of what a provider says, UTF-16 code units. */
const MAX_TEXT = 2_048;

/** Text or a number, as text. What is neither is taken for not given: a subject of a strange type costs no event. */
export const text = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).slice(0, MAX_TEXT))
  .optional()
  .catch(undefined);

/** What an event cannot do without. */
export const required = z.string().min(1).max(4_096);

/** A customer's id in metadata: what cannot be one is taken for not given. */
export const customerId = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().min(1).max(256))
  .optional()
  .catch(undefined);

export const flag = z.boolean().optional().catch(undefined);

/** Seconds since 1970, with or without a fraction, to milliseconds. */
export const seconds = z
  .union([z.number(), z.string().regex(/^\d+(\.\d+)?$/)])
  .transform((value) => Math.round(Number(value) * 1_000))
  .pipe(z.int());

/** A date as ISO 8601 writes it, to milliseconds. */
export const isoDate = z
  .string()
  .max(64)
  .transform((value) => Date.parse(value))
  .pipe(z.int());

/** The name of the metadata in which a shop gives its customer id. */
export const CUSTOMER = "customer_id";

/** Metadata of which the customer id alone is read. */
export const metadata = z
  .object({ [CUSTOMER]: customerId })
  .optional()
  .catch(undefined);
