/** What a page of the bench tells about itself: marks in its trace, and how it records one more event. */
declare global {
  interface Window {
    /** Records an event, as a click handler of the shop would. */
    recordOne?: () => unknown;
    /** What GrowthBook is given where the page brings it along. */
    payload?: object;
  }
}

/** Notes an instant in the trace. `evaluated`: from here on it is init; `ready`: what was asked for is answered. */
export function mark(name: "evaluated" | "ready"): void {
  performance.mark(name);
}

export const EVENT = "Product Viewed";
export const PRODUCT = {
  product_id: "fellrunner-2",
  category: "running-shoes",
  brand: "Tarnfell",
  price: 129,
};
