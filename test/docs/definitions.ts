import { compile, DefinitionError, type Definition } from "@murmur/core";
import { parse, printParseErrorCode, type ParseError } from "jsonc-parser";
import shop from "../../murmur.config.ts";
import { blocksIn, placeOf, type Block } from "./pages.ts";

const SECTIONS = new Set([
  "segments",
  "measures",
  "slots",
  "experiments",
  "journeys",
  "messages",
  "templates",
  "webhooks",
]);

type Sections = Readonly<Record<string, object>>;

/** What a block of JSON says; a block that begins with a name is the inside of an object. Throws where it cannot be read. */
export function jsonOf({ language, code }: Block): unknown {
  const isInside = /^"[^"]+":/.test(code);
  const text = isInside ? `{${code}}` : code;
  if (language === "json") return JSON.parse(text);
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors);
  if (errors[0]) throw new SyntaxError(`${printParseErrorCode(errors[0].error)} at ${errors[0].offset}`);
  return value;
}

/** What a block has of a definition; undefined where it is something else, such as an answer of the edge. */
export function sectionsOf(block: Block): Sections | undefined {
  const value = jsonOf(block) as Sections;
  const isDefinition = Object.entries(value).every(
    ([name, section]) => SECTIONS.has(name) && !Array.isArray(section),
  );
  return isDefinition ? value : undefined;
}

/**
 * The blocks that are parts of definitions. All those of a page are one definition, and what they name without defining it is
 * the example shop's.
 */
export function definitionFaults(): string[] {
  const blocks = blocksIn("json", "jsonc");
  return [...new Set(blocks.map(({ page }) => page))].flatMap((page) => {
    const parts = blocks.filter((block) => block.page === page && sectionsOf(block));
    const whole = parts.map((block) => sectionsOf(block)!).reduce(merged, shop as unknown as Sections);
    try {
      compile(whole as unknown as Definition);
      return [];
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      return error.issues.map(({ path, message }) => `${parts.map(placeOf).join()} ${path} ${message}`);
    }
  });
}

function merged(into: Sections, part: Sections): Sections {
  const both = Object.entries(part).map(([name, section]) => [name, { ...into[name], ...section }]);
  return { ...into, ...Object.fromEntries(both) };
}
