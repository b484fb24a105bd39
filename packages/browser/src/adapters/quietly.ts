/** A callback that passes over what it cannot read: nothing that an adapter does may reach the page. */
export function quietly<Arg = void>(work: (arg: Arg) => void): (arg: Arg) => void {
  return (arg) => {
    try {
      work(arg);
    } catch {
      // What the page said there cannot be understood.
    }
  };
}
