/** A command as it is written: its words, without quotes, and without what is redirected or set before it. */
export type Words = readonly string[];

/** A piece of a line: a word, with what quotes hold together, or an operator between commands. */
const PIECE =
  /(?:\\[^]|'[^']*'|"(?:\\[^]|[^"\\])*"|\$\((?:[^()]|\([^()]*\))*\)|[^\s;&|\\'"])+|&&|\|\||[;&|]|\n/g;

const OPERATOR = /^(&&|\|\||[;&|\n])$/;

/** A comment: from a `#` that begins a word. */
const COMMENT = /(?<=^|\s)#.*$/gm;

/** What is set for a command, or by itself. */
const ASSIGNMENT = /^\w+=/;

/** Every command of a script, those within `$(…)` too. Enough of the shell's language for what stands in the pages. */
export function commandsIn(script: string): Words[] {
  const commands: string[][] = [[]];
  for (const [piece] of withoutComments(script).matchAll(PIECE)) {
    if (OPERATOR.test(piece)) commands.push([]);
    else commands.at(-1)!.push(piece);
  }
  const inner = [...script.matchAll(/\$\(((?:[^()]|\([^()]*\))*)\)/g)].flatMap(([, one]) => commandsIn(one!));
  const outer = commands.map((words) => words.slice(words.findIndex((word) => !ASSIGNMENT.test(word))));
  return [...outer.filter((words) => words.length > 0 && !ASSIGNMENT.test(words[0]!)), ...inner].map(
    (words) => words.map(unquoted),
  );
}

function withoutComments(script: string): string {
  return script.replaceAll("\\\n", " ").replaceAll(COMMENT, "");
}

function unquoted(word: string): string {
  return word.replaceAll(
    /'([^']*)'|"((?:\\[^]|[^"\\])*)"/g,
    (_, single?: string, double?: string) => single ?? double!.replaceAll(/\\(.)/g, "$1"),
  );
}
