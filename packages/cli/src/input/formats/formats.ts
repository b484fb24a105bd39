import { UsageError } from "../../terminal/usage-error.ts";
import type { FileHead, Format } from "../format.ts";
import { cdnow } from "./cdnow.ts";
import { ga4 } from "./ga4.ts";
import { hillstrom } from "./hillstrom.ts";
import { mappedCsv } from "./mapped-csv.ts";
import { isMembers } from "./members.ts";
import { murmurEntries } from "./murmur-entries.ts";
import { onlineRetail } from "./online-retail.ts";
import { onlineShoppers } from "./online-shoppers.ts";
import { rees46 } from "./rees46.ts";
import { segment } from "./segment.ts";
import { shopifyOrders } from "./shopify-orders.ts";

/** What can be read; the first that a file looks like is taken, so the particular ones stand first. */
export const FORMATS = [
  segment,
  ga4,
  murmurEntries,
  shopifyOrders,
  onlineRetail,
  rees46,
  onlineShoppers,
  hillstrom,
  mappedCsv,
  cdnow,
] as readonly Format[];

/**
 * The format of that name, or that a file looks like.
 *
 * @throws UsageError when there is none
 */
export function formatOf(head: FileHead, name: string | undefined, isMapped: boolean): Format {
  if (/^\s*\[\s*(?:\{|$)/.test(head.line))
    throw new UsageError(`${head.name} is one list of JSON: make it one object a line, as jq -c '.[]' does`);
  const known = FORMATS.map((format) => format.name).join(", ");
  if (name !== undefined) {
    const named = FORMATS.find((format) => format.name === name);
    if (!named) throw new UsageError(`there is no format ${name}; known are ${known}`);
    return named;
  }
  if (head.line === "") throw new UsageError(`${head.name} is empty: was it exported whole?`);
  // Who maps columns says what they are: no file is known better than by that.
  if (isMapped) return head.json === undefined ? (mappedCsv as Format) : (murmurEntries as Format);
  const found = FORMATS.find((format) => format.matches(head));
  if (found) return found;
  const mapped = ["profile", "timestamp", "event"].map((what) => `--map ${what}=<member>`).join(" ");
  const isObject = isMembers(head.json);
  throw new UsageError(
    `${head.name} looks like nothing known: say --format, one of ${known}${isObject ? `; or what is what, ${mapped}` : ""}`,
  );
}
