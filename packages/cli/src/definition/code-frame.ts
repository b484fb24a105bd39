import { codeFrameColumns } from "@babel/code-frame";
import { relative } from "node:path";
import type { Terminal } from "../terminal/terminal.ts";
import { several } from "../terminal/words.ts";
import type { CheckedFile } from "./check-file.ts";
import type { Finding } from "./loaded-definition.ts";

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

function frame({ colors }: Terminal, text: string, { position }: Finding): string {
  return codeFrameColumns(text, { start: position! }, { highlightCode: false, linesAbove: 2, linesBelow: 2 })
    .split("\n")
    .map((line) => (/^(>| +\| +\^)/.test(line) ? line : colors.dim(line)))
    .join("\n");
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
