/** How many plain lines a stage prints where there is no terminal. */
const LINES = 5;

/** Is told of a stage and its number of steps, and from then on how many are done. */
export type Progress = (stage: string, total: number) => (done: number) => void;

/** Shows how far a stage of `total` steps is: in place on a terminal, else as a few plain lines. */
export const printProgress: Progress = (stage, total) => {
  let shown = 0;
  return (done) => {
    const step = process.stdout.isTTY ? 100 : LINES;
    const reached = Math.floor((done * step) / total);
    if (reached === shown) return;
    shown = reached;
    const line = `${stage} ${done.toLocaleString("en")} of ${total.toLocaleString("en")}`;
    if (!process.stdout.isTTY) console.log(line);
    else process.stdout.write(`\r${line}${done === total ? "\n" : ""}`);
  };
};
