import { codeFrameColumns } from "@babel/code-frame";
import { relative } from "node:path";
import type { Terminal } from "../terminal/terminal.ts";
import { several } from "../terminal/words.ts";
import type { CheckedFile } from "./check-file.ts";
import type { Finding, Position } from "./loaded-definition.ts";

/** Findings that are shown with the lines around them; of more, only what and where. */
const FRAMED = 20;

/** Says what was found, each with the lines of the file around it. */
export function showFindings(terminal: Terminal, { source, findings }: CheckedFile): void {
  const name = relative(terminal.around.cwd, source.file);
  findings.forEach((finding, at) => {
    const { position, path, message } = finding;
    const place = position ? `${name}:${position.line}:${position.column}` : name;
    const where = path === "" ? "" : `${terminal.colors.cyan(path)} `;
    terminal.say(`${place} ${mark(terminal, finding)} ${where}${message}`);
    if (at < FRAMED && position) terminal.say(`${frame(terminal, source.text, finding)}\n`);
  });
  if (findings.length > 0) terminal.say(tally(findings));
}

/** Lines above and below the one that is meant, and characters of a line: a definition may be one line, and long. */
const AROUND = 2;
const LONGEST = 160;

function frame({ colors }: Terminal, text: string, { position }: Finding): string {
  const { lines, start } = narrowed(text, position!);
  const options = { highlightCode: false, linesAbove: AROUND, linesBelow: AROUND };
  return codeFrameColumns(lines.join("\n"), { start }, options)
    .split("\n")
    .map((line) => (/^(>| +\| +\^)/.test(line) ? line : colors.dim(line)))
    .join("\n");
}

/** The lines, of which long ones that will be shown are cut to what is around the column, and the column in what is left. */
function narrowed(text: string, { line, column }: Position): { lines: string[]; start: Position } {
  const lines = text.split("\n");
  const meant = lines[line - 1] ?? "";
  const from = meant.length > LONGEST ? Math.max(0, column - 1 - LONGEST / 2) : 0;
  const before = from > 0 ? "…" : "";
  const cut = (whole: string): string =>
    before + whole.slice(from, from + LONGEST) + (whole.length > from + LONGEST ? "…" : "");
  const first = Math.max(0, line - 1 - AROUND);
  const shown = lines.slice(first, line + AROUND);
  lines.splice(first, shown.length, ...shown.map(cut));
  return { lines, start: { line, column: column - from + before.length } };
}

function mark({ colors }: Terminal, { severity, code }: Finding): string {
  if (severity === "error") return colors.red("error");
  return `${severity === "warning" ? colors.yellow("warning") : colors.blue("info")} ${colors.dim(code)}`;
}

function tally(findings: readonly Finding[]): string {
  return (["error", "warning", "info"] as const)
    .map(
      (severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const,
    )
    .filter(([, many]) => many > 0)
    .map(([severity, many]) => several(many, severity, severity === "info" ? "hints" : `${severity}s`))
    .join(", ");
}
