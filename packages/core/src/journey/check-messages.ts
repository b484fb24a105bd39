import { checkContent } from "../definition/check/check-content.ts";
import { checkDuration } from "../definition/check/check-selector.ts";
import { describe, isRecord, type Issues, type Path } from "../definition/check/issues.ts";
import { checkName } from "./check-data.ts";
import { isTimezone, minutesOf } from "./quiet-hours.ts";

/** Characters of JSON that one template may take: as providers have it, no mail of a size that is cut off. */
const MAX_TEMPLATE = 200_000;

/** Checks what journeys share: settings of messages, templates and receivers. */
export function checkMessages(
  issues: Issues,
  definition: Readonly<Record<string, unknown>>,
  measures: Readonly<Record<string, unknown>>,
): void {
  const { messages, templates, webhooks } = definition;
  if (messages !== undefined && issues.isObject(messages, ["messages"], "an object")) {
    issues.unknownKeys(messages, ["cap", "quietHours"], ["messages"]);
    if (messages["cap"] !== undefined) checkCap(issues, messages["cap"], ["messages", "cap"]);
    if (messages["quietHours"] !== undefined)
      checkQuietHours(issues, messages["quietHours"], ["messages", "quietHours"]);
  }
  for (const [name, template] of entriesOf(issues, templates, "templates"))
    checkTemplate(issues, template, measures, ["templates", name]);
  for (const [name, address] of entriesOf(issues, webhooks, "webhooks"))
    if (typeof address !== "string" || !/^https:\/\/[^\s/?#]+\S*$/.test(address))
      issues.add(
        ["webhooks", name],
        `must be an address that begins with https://, not ${describe(address)}`,
      );
}

/** Checks how many messages are sent in how long. */
export function checkCap(issues: Issues, cap: unknown, path: Path): void {
  if (!issues.isObject(cap, path, '{ max, within }, as { max: 3, within: "7d" }')) return;
  issues.unknownKeys(cap, ["max", "within"], path);
  const { max, within } = cap;
  if (!Number.isSafeInteger(max) || (max as number) < 0)
    issues.add([...path, "max"], `must be a whole number, not ${describe(max)}`);
  if (within !== undefined) checkDuration(issues, within, 1, [...path, "within"]);
}

export function checkQuietHours(issues: Issues, quiet: unknown, path: Path): void {
  if (!issues.isObject(quiet, path, '{ from, to }, as { from: "22:00", to: "08:00" }')) return;
  issues.unknownKeys(quiet, ["from", "to", "timezone"], path);
  const { from, to, timezone } = quiet;
  for (const [key, time] of Object.entries({ from, to }))
    if (minutesOf(time) === undefined)
      issues.add([...path, key], `must be a time of day, as "22:00", not ${describe(time)}`);
  if (from !== undefined && from === to) issues.add(path, "from and to must differ: else it is never quiet");
  if (timezone !== undefined && !isTimezone(timezone))
    issues.add(
      [...path, "timezone"],
      `must be an IANA timezone, as "Europe/Berlin", not ${describe(timezone)}`,
    );
}

function checkTemplate(
  issues: Issues,
  template: unknown,
  measures: Readonly<Record<string, unknown>>,
  path: Path,
): void {
  if (!issues.isObject(template, path, "an object with subject and html")) return;
  issues.unknownKeys(template, ["subject", "html", "text"], path);
  for (const key of ["subject", "html"])
    if (typeof template[key] !== "string")
      issues.add([...path, key], `must be a text, not ${describe(template[key])}`);
  if (template["text"] !== undefined && typeof template["text"] !== "string")
    issues.add([...path, "text"], `must be a text, not ${describe(template["text"])}`);
  checkContent(issues, template, measures, path, ["traits", "measures", "data"]);
  const size = Object.values(template).reduce<number>(
    (sum, text) => sum + (typeof text === "string" ? text.length : 0),
    0,
  );
  if (size > MAX_TEMPLATE) issues.add(path, `has ${size} characters, more than ${MAX_TEMPLATE}: shorten it`);
}

function entriesOf(issues: Issues, section: unknown, key: string): [string, unknown][] {
  if (section === undefined) return [];
  if (!issues.isObject(section, [key], "an object") || !isRecord(section)) return [];
  const entries = Object.entries(section);
  for (const [name] of entries) checkName(issues, name, "a name of 1 to 200 characters", [key, name]);
  return entries;
}
