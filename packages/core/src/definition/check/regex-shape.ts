import { RegExpParser, type AST } from "@eslint-community/regexpp";

/** What of a pattern decides how long a match may take. */
export interface RegexShape {
  /** In how many ways it can match at one place of a text, each unbounded repetition counted as two; an upper bound. */
  ways: number;
  /** How many characters it can take in, each unbounded repetition counted once; an upper bound. */
  length: number;
  /** Quantifiers without an upper end: `*`, `+`, `{2,}`. */
  unbounded: number;
  /** Whether each of those repeats one character, and stands in no repetition itself. */
  flat: boolean;
  /** How deep groups and lookarounds nest. */
  depth: number;
  /** A part that the analysis of backtracking does not know. */
  foreign?: string;
}

const EMPTY: RegexShape = { ways: 1, length: 0, unbounded: 0, flat: true, depth: 0 };

/** Beyond this it does not matter how many there are. */
const MANY = 1e9;

/** The shape of a pattern without flags, and whether it can match at the beginning of a text only. Throws where it is none. */
export function regexShape(pattern: string): RegexShape & { anchored: boolean } {
  const { alternatives } = new RegExpParser().parsePattern(pattern);
  const anchored = alternatives.every(
    ({ elements: [first] }) => first?.type === "Assertion" && first.kind === "start",
  );
  return { ...ofAlternatives(alternatives), anchored };
}

function ofAlternatives(alternatives: readonly AST.Alternative[]): RegexShape {
  const shapes = alternatives.map(({ elements }) =>
    elements
      .map(ofElement)
      .reduce((one, other) => joined(one, other, one.ways * other.ways, one.length + other.length), EMPTY),
  );
  return shapes.reduce((one, other) =>
    joined(one, other, one.ways + other.ways, Math.max(one.length, other.length)),
  );
}

function ofElement(element: AST.Element): RegexShape {
  if (element.type === "Quantifier") return ofQuantifier(element);
  if (element.type === "Backreference") return { ...EMPTY, foreign: element.raw };
  if (!("alternatives" in element)) return element.type === "Assertion" ? EMPTY : { ...EMPTY, length: 1 };
  const foreign = foreignHead(element);
  const inner = ofAlternatives(element.alternatives);
  return { ...inner, depth: inner.depth + 1, ...(foreign !== undefined && { foreign }) };
}

/** What stands at the head of a group and makes it another one: a name, or flags. */
function foreignHead(element: AST.Element): string | undefined {
  if (element.type === "CapturingGroup" && element.name !== null) return `(?<${element.name}>`;
  if (element.type === "Group" && element.modifiers) return `(?${element.modifiers.raw}:`;
  return undefined;
}

function ofQuantifier({ element, min, max }: AST.Quantifier): RegexShape {
  const inner = ofElement(element);
  if (max === Infinity) {
    const flat = inner.flat && inner.unbounded === 0 && !("alternatives" in element);
    const length = Math.min(MANY, inner.length * Math.max(1, min));
    return {
      ...inner,
      ways: Math.min(MANY, inner.ways * 2),
      length,
      unbounded: inner.unbounded + 1,
      flat,
    };
  }
  return {
    ...inner,
    ways: repeatedWays(inner.ways, min, max),
    length: Math.min(MANY, inner.length * max),
    flat: inner.flat && (inner.unbounded === 0 || max <= 1),
  };
}

/** The sum over the numbers of repetitions, each of which multiplies. */
function repeatedWays(ways: number, min: number, max: number): number {
  if (ways === 1) return Math.min(MANY, max - min + 1);
  let total = 0;
  for (let times = min; times <= max && total < MANY; times++) total += ways ** times;
  return Math.min(MANY, total);
}

function joined(one: RegexShape, other: RegexShape, ways: number, length: number): RegexShape {
  const foreign = one.foreign ?? other.foreign;
  return {
    ways: Math.min(MANY, ways),
    length: Math.min(MANY, length),
    unbounded: one.unbounded + other.unbounded,
    flat: one.flat && other.flat,
    depth: Math.max(one.depth, other.depth),
    ...(foreign !== undefined && { foreign }),
  };
}
