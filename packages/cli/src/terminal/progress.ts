import cliProgress from "cli-progress";
import type { Terminal } from "./terminal.ts";
import { whenInterrupted } from "./when-interrupted.ts";

/** How often a line is written where nobody watches, ms. */
const EVERY = 5_000;

/** How far the reading of files is: a bar on a terminal, a line now and then elsewhere, nothing beside JSON. */
export interface Progress {
  at(read: number, size: number | undefined, rows: number): void;
  end(): void;
}

export function startProgress(terminal: Terminal): Progress {
  if (terminal.isWatched) return bar(terminal);
  return terminal.json ? { at() {}, end() {} } : lines(terminal);
}

function bar(terminal: Terminal): Progress {
  const start = Date.now();
  const shown = new cliProgress.SingleBar(
    {
      stream: terminal.around.stderr as NodeJS.WritableStream,
      format: "{bar} {percentage} % | {rows} rows | {rate} rows/s | {left} left",
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 50,
    },
    cliProgress.Presets.shades_classic,
  );
  let isStarted = false;
  let heedNoSignal = (): void => {};
  return {
    at(read, size, rows) {
      const said = { rows: figure(rows), rate: figure(rateOf(rows, start)), left: leftOf(read, size, start) };
      // Where nobody knows how much there is, the bar stays empty and the numbers speak.
      if (!isStarted) {
        // Else Ctrl-C leaves a terminal without a cursor that cuts long lines.
        heedNoSignal = whenInterrupted(() => shown.stop());
        shown.start(size ?? 1, 0, said);
      }
      isStarted = true;
      shown.update(size === undefined ? 0 : read, said);
    },
    end() {
      heedNoSignal();
      if (isStarted) shown.stop();
    },
  };
}

function lines(terminal: Terminal): Progress {
  const start = Date.now();
  let next = start + EVERY;
  return {
    at(read, size, rows) {
      if (Date.now() < next) return;
      next = Date.now() + EVERY;
      const share = size === undefined ? "" : `${Math.floor((100 * read) / size)} %, `;
      terminal.note(
        `${share}${figure(rows)} rows, ${figure(rateOf(rows, start))} rows/s, ${leftOf(read, size, start)} left`,
      );
    },
    end() {},
  };
}

function rateOf(rows: number, start: number): number {
  return rows / Math.max(0.001, (Date.now() - start) / 1_000);
}

function leftOf(read: number, size: number | undefined, start: number): string {
  if (size === undefined || read === 0) return "?";
  const seconds = ((Date.now() - start) / 1_000) * (size / read - 1);
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}

function figure(value: number): string {
  return Math.round(value).toLocaleString("en");
}
