import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { UsageError } from "../../terminal/usage-error.ts";
import type { ColumnMapping } from "./column-mapping.ts";

const KEYS = ["profile", "timestamp", "event", "name", "id", "names", "properties"];
const TEXTS = ["profile", "timestamp", "event", "name", "id"];

/** What was said of columns on the command line: `--map profile=customer_no`, as often as needed. */
export type MappingFlags = readonly string[];

/**
 * The mapping of a YAML (or JSON) file and of flags, of which the flags go before; undefined when there is neither.
 *
 * @throws UsageError that names what is wrong
 */
export async function readMapping(
  file: string | undefined,
  flags: MappingFlags,
): Promise<ColumnMapping | undefined> {
  if (file === undefined && flags.length === 0) return undefined;
  const own = file === undefined ? {} : await readYaml(file);
  const mapping: Record<string, unknown> = { ...own, ...fromFlags(flags, own) };
  check(mapping, file ?? "--map");
  return mapping as unknown as ColumnMapping;
}

async function readYaml(file: string): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    throw new UsageError(`there is no ${file} to read the columns' mapping from`);
  }
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new UsageError(`${file} is no YAML: ${(error as Error).message}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UsageError(`${file} must hold a mapping: ${KEYS.join(", ")}`);
  return value as Record<string, unknown>;
}

/** `profile=customer_no`, `properties.total=amount`, `names.purchase=Order Completed`. */
function fromFlags(flags: MappingFlags, own: Record<string, unknown>): Record<string, unknown> {
  const mapping: Record<string, unknown> = {};
  for (const flag of flags) {
    const split = flag.indexOf("=");
    if (split < 1) throw new UsageError(`--map ${flag}: write what=column, as --map profile=customer_no`);
    const [what, ...rest] = flag.slice(0, split).split(".");
    const value = flag.slice(split + 1);
    if (rest.length === 0) mapping[what!] = value;
    else {
      const before = (mapping[what!] ?? own[what!] ?? {}) as Record<string, string>;
      mapping[what!] = { ...before, [rest.join(".")]: value };
    }
  }
  return mapping;
}

function check(mapping: Record<string, unknown>, where: string): void {
  const unknown = Object.keys(mapping).filter((key) => !KEYS.includes(key));
  if (unknown.length > 0)
    throw new UsageError(`${where}: unknown ${unknown.join(", ")}; known are ${KEYS.join(", ")}`);
  for (const key of ["profile", "timestamp"]) {
    if (mapping[key] === undefined) throw new UsageError(`${where}: name the column of the ${key}: ${key}=…`);
  }
  if (mapping["event"] === undefined && mapping["name"] === undefined)
    throw new UsageError(
      `${where}: name the column of the event, event=…, or one name for every row, name=Order Completed`,
    );
  for (const key of TEXTS) {
    if (mapping[key] !== undefined && typeof mapping[key] !== "string")
      throw new UsageError(`${where}: ${key} must be the name of a column`);
  }
  for (const key of ["names", "properties"]) {
    const value = mapping[key];
    const isTexts =
      typeof value === "object" &&
      value !== null &&
      Object.values(value).every((each) => typeof each === "string");
    if (value !== undefined && !isTexts) throw new UsageError(`${where}: ${key} must map names to columns`);
  }
}
