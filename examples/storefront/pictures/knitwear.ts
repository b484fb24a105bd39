import type { Accessory } from "./accessory.ts";
import { closed, mirror, open, type Point } from "./path.ts";
import { peaks, shade, studio } from "./studio.ts";

export function drawSocks(accessory: Accessory): string {
  const { backdrop } = accessory;
  const art = `<g transform="translate(96 -34) rotate(5 400 400)">${drawSock(accessory, "far")}</g><g transform="translate(-36 14)">${drawSock(accessory, "near")}</g>`;
  return studio(backdrop, { y: 648, width: 400, x: 430 }, art);
}

function drawSock({ main, second, accent }: Accessory, id: string): string {
  const sock = closed(
    [
      [318, 150],
      [446, 150],
    ],
    [
      [446, 150],
      [448, 250],
      [446, 350],
      [456, 426],
      [500, 478],
      [572, 530],
      [608, 580],
      [596, 624],
      [548, 638],
      [480, 624],
      [400, 594],
      [334, 552],
      [308, 500],
      [316, 420],
      [324, 330],
      [318, 150],
    ],
  );
  const ribs = Array.from(
    { length: 10 },
    (_, i) => `<path d="M${328 + i * 12} 150v62" stroke="#0b1512" stroke-opacity=".16" stroke-width="3"/>`,
  ).join("");
  return `<clipPath id="${id}"><path d="${sock}"/></clipPath><path d="${sock}" fill="${main}"/><g clip-path="url(#${id})">
<path d="${closed([
    [290, 470],
    [360, 462],
    [404, 520],
    [372, 600],
    [280, 600],
  ])}" fill="${second}"/><path d="${closed(
    [
      [540, 480],
      [528, 570],
      [500, 660],
    ],
    [
      [680, 660],
      [680, 480],
    ],
  )}" fill="${second}"/>
<rect x="300" y="140" width="170" height="72" fill="${accent}"/>${ribs}<path d="M300 240H470M300 260H470" stroke="${second}" stroke-width="8"/>
<path d="${open([
    [430, 450],
    [470, 520],
    [460, 600],
  ])}" fill="none" stroke="#0b1512" stroke-opacity=".14" stroke-width="3"/><path d="${open([
    [400, 470],
    [436, 530],
    [430, 590],
  ])}" fill="none" stroke="#0b1512" stroke-opacity=".14" stroke-width="3"/>
<rect x="280" y="140" width="360" height="520" fill="url(#weave)" opacity=".35"/>${shade(sock)}</g>${peaks(382, 324, 26, second)}`;
}

export function drawBeanie({ backdrop, main, second, accent }: Accessory): string {
  const half: Point[] = [
    [400, 214],
    [330, 224],
    [262, 276],
    [226, 366],
    [220, 470],
  ];
  const crown = closed([...half].reverse(), mirror(half).reverse(), [
    [580, 470],
    [400, 490],
    [220, 470],
  ]);
  const rim: Point[] = [
    [400, 452],
    [300, 450],
    [214, 438],
    [204, 500],
    [214, 568],
    [300, 590],
    [400, 594],
  ];
  const cuff = closed(rim, mirror(rim));
  const ribs = (top: number, bottom: number, spread: number, id: string): string =>
    `<g clip-path="url(#${id})">${Array.from({ length: 19 }, (_, i) => {
      const offset = (i - 9) * 21.5;
      return `<path d="M${400 + offset * spread} ${top}Q${400 + offset * 1.12} ${(top + bottom) / 2 - 40} ${400 + offset} ${bottom}" fill="none" stroke="#0b1512" stroke-opacity=".17" stroke-width="5"/>`;
    }).join("")}</g>`;
  const art = `<clipPath id="crown"><path d="${crown}"/></clipPath><clipPath id="cuff"><path d="${cuff}"/></clipPath>
<path d="${crown}" fill="${main}"/>${ribs(200, 480, 0.28, "crown")}${shade(crown)}<path d="${cuff}" fill="#0b1512" opacity=".2" transform="translate(0 -8)"/>
<path d="${cuff}" fill="${second}"/>${ribs(430, 600, 1, "cuff")}${shade(cuff)}<rect x="346" y="492" width="108" height="66" rx="6" fill="${accent}"/>${peaks(400, 526, 28, "#f6f3ec")}`;
  return studio(backdrop, { y: 592, width: 390 }, art);
}
