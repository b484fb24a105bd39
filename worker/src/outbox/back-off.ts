/** The longest wait between two tries, ms. */
const LONGEST = 36e5;

/** How long to wait after so many failures in a row, ms: twice as long each time, from `first` on, an hour at most. */
export function backOff(failures: number, first: number): number {
  return Math.min(LONGEST, first * 2 ** Math.min(failures - 1, 32));
}
