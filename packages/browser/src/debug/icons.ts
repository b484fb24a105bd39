/** Strokes on a grid of 16 by 16. */
const PATHS = {
  check: "M3.5 8.4 6.6 11.5 12.5 4.8",
  cross: "M4.5 4.5 11.5 11.5M11.5 4.5 4.5 11.5",
  clock: "M8 2a6 6 0 1 0 .01 0M8 4.8V8l2.2 1.6",
  copy: "M5.5 5.5h7v8h-7zM3.5 10.5v-8h7",
  sides: "M2.5 3.5h11v9h-11zM10 3.5v9",
  resize: "M4.5 6.5 8 3l3.5 3.5M4.5 9.5 8 13l3.5-3.5",
  target: "M8 3.2a4.8 4.8 0 1 0 .01 0M8 1v3.4M8 11.6V15M1 8h3.4M11.6 8H15",
  chevron: "M6 3.8 10.2 8 6 12.2",
  lock: "M4 7.2h8v6H4zM5.6 7.2V5.2a2.4 2.4 0 0 1 4.8 0v2",
  down: "M8 2.5v9M4.2 7.8 8 11.6l3.8-3.8",
  flock: "M1.5 5.5c1.6-1.8 2.8-1.2 3.3.6.5-1.8 1.7-2.4 3.3-.6M7.5 10c1.7-2 3-1.3 3.5.6.5-1.9 1.8-2.6 3.5-.6",
} as const;

export type IconName = keyof typeof PATHS;

const SVG = "http://www.w3.org/2000/svg";

/** A drawing that says nothing by itself: its meaning stands in words beside it. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
