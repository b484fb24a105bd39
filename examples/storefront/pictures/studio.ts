import { at, type Point } from "./path.ts";

export type Backdrop = { wall: string; floor: string };

export const backdrops = {
  paper: { wall: "#ece7dc", floor: "#dfd8c9" },
  mist: { wall: "#e0e6e4", floor: "#d0d9d6" },
  clay: { wall: "#eedfd3", floor: "#e2cfc0" },
  moss: { wall: "#e1e5d7", floor: "#d2d8c4" },
  dusk: { wall: "#dfe1e8", floor: "#ced2dc" },
} satisfies Record<string, Backdrop>;

export type BackdropName = keyof typeof backdrops;

/** Light and fabric that every drawing is finished with. */
export const paints = `<linearGradient id="form" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".2"/><stop offset=".45" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#0b1512" stop-opacity=".26"/></linearGradient>
<linearGradient id="turn" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#0b1512" stop-opacity=".2"/><stop offset=".22" stop-color="#fff" stop-opacity=".14"/><stop offset=".55" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#0b1512" stop-opacity=".28"/></linearGradient>
<pattern id="mesh" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(32)"><circle cx="2.2" cy="2.2" r="1.25" fill="#0b1512"/><circle cx="6.7" cy="6.7" r="1.25" fill="#0b1512"/></pattern>
<pattern id="weave" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6M3 0V6" stroke="#0b1512" stroke-width=".7"/></pattern>
<filter id="soft" x="-20%" y="-120%" width="140%" height="340%"><feGaussianBlur stdDeviation="14"/></filter>
<filter id="contact" x="-20%" y="-200%" width="140%" height="500%"><feGaussianBlur stdDeviation="5"/></filter>`;

/** Every product stands in the same studio: one wall, one floor, one soft light from the upper left. */
export function studio(
  name: BackdropName,
  shadow: { y: number; width: number; x?: number },
  art: string,
): string {
  const { wall, floor } = backdrops[name];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" width="800" height="800">
<defs>
<linearGradient id="wall" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${wall}"/><stop offset=".62" stop-color="${wall}"/><stop offset="1" stop-color="${floor}"/></linearGradient>
<radialGradient id="light" cx=".38" cy=".32" r=".6"><stop offset="0" stop-color="#fff" stop-opacity=".55"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>
${paints}
</defs>
<rect width="800" height="800" fill="url(#wall)"/><rect width="800" height="800" fill="url(#light)"/>
${shadows(shadow)}
${art}
</svg>`;
}

function shadows({ y, width, x = 400 }: { y: number; width: number; x?: number }): string {
  return `<ellipse cx="${x + 12}" cy="${y + 12}" rx="${width / 2}" ry="24" fill="#1d2b26" opacity=".2" filter="url(#soft)"/>
<ellipse cx="${x}" cy="${y + 2}" rx="${width / 2.25}" ry="8" fill="#1d2b26" opacity=".38" filter="url(#contact)"/>`;
}

/** Light over one finished shape. */
export const shade = (d: string): string =>
  `<path d="${d}" fill="url(#turn)"/><path d="${d}" fill="url(#form)" opacity=".6"/>`;

/** The maker's mark: two peaks. */
export function peaks(x: number, y: number, size: number, colour: string): string {
  const points: Point[] = [
    [x - size, y + size * 0.5],
    [x - size * 0.35, y - size * 0.5],
    [x, y],
    [x + size * 0.35, y - size * 0.4],
    [x + size, y + size * 0.5],
  ];
  return `<path d="M${points.map(at).join("L")}" fill="none" stroke="${colour}" stroke-width="${size / 4.5}" stroke-linejoin="round" stroke-linecap="round"/>`;
}
