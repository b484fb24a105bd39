/** A callback that passes over what it cannot read: nothing that an adapter does may reach the page. */
export function quietly<Args extends unknown[]>(work: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    try {
      work(...args);
    } catch {
      // What the page said there cannot be understood.
    }
  };
}
