import { entryProblem, problemMessage, type Entry } from "@murmur/core";
import type { Format, ReaderOptions, RowReader } from "../format.ts";
import { instantOf } from "../instant.ts";
import { lineId } from "../line-id.ts";
import { isMembers, type Members } from "./members.ts";

const TYPES = ["track", "page", "screen", "identify", "group", "alias"];

/**
 * Messages of Segment's spec, one a line, as a source's archive has them
 * (https://segment.com/docs/connections/storage/catalog/aws-s3/). A message is its user's; one without a user is the
 * device's, until a message says whose the device is.
 */
export const segment: Format<unknown> = {
  name: "segment",
  description: "Segment's messages, one a line: track, page, screen, identify, group, alias",
  rows: "json-lines",
  unordered: true,
  matches: ({ json }) =>
    isMembers(json) && TYPES.includes(json["type"] as string) && ("userId" in json || "anonymousId" in json),
  reader: (options) => new MessageReader(options),
};

class MessageReader implements RowReader {
  readonly #options: ReaderOptions;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  row(message: unknown, line: number): void {
    const { sink, file } = this.#options;
    if (!isMembers(message)) return sink.bad(line, "is no JSON object");
    const { userId, anonymousId, type } = message;
    const user = idOf(userId);
    const device = idOf(anonymousId);
    if (type === "alias") {
      const previous = idOf(message["previousId"]);
      if (user === undefined || previous === undefined)
        return sink.bad(line, "alias without userId or previousId");
      sink.same?.(previous, user);
      return sink.skip("alias says who is who, and nothing that happened");
    }
    if (!TYPES.includes(type as string))
      return sink.bad(line, `type ${JSON.stringify(type)} is none of ${TYPES.join(", ")}`);
    const body = bodyOf(message);
    const timestamp = instantOf(message["timestamp"] ?? message["originalTimestamp"]);
    const entry = { ...body, id: message["messageId"] ?? lineId(file, line), timestamp };
    const problem = entryProblem(entry);
    if (problem) return sink.bad(line, problemMessage(problem));
    if (user === undefined && device === undefined) return sink.bad(line, "neither userId nor anonymousId");
    if (user !== undefined && device !== undefined) sink.same?.(device, user);
    sink.entry((user ?? device)!, entry as unknown as Entry, line);
  }
}

function idOf(id: unknown): string | undefined {
  return typeof id === "string" && id !== "" ? id : typeof id === "number" ? String(id) : undefined;
}

function bodyOf(message: Members): Members {
  const { type, event, name, category, groupId } = message;
  const properties = (message["properties"] ?? {}) as Members;
  const traits = (message["traits"] ?? {}) as Members;
  if (type === "track") return { type: "event", name: event, properties };
  if (type === "identify") return { type: "identify", traits };
  // Segment's own trait for what a person belongs to: https://segment.com/docs/connections/spec/identify/#traits
  if (type === "group")
    return { type: "identify", traits: { company: { ...traits, id: groupId as string } } };
  return {
    type: "event",
    name: type === "page" ? "Page Viewed" : "Screen Viewed",
    properties: { ...properties, ...(name ? { name } : {}), ...(category ? { category } : {}) },
  };
}
