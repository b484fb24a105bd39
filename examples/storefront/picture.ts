import { findProduct } from "./catalogue.ts";
import { drawAccessory } from "./pictures/accessory.ts";
import { drawJacket } from "./pictures/jacket.ts";
import { drawPack } from "./pictures/pack.ts";
import { drawScene, isScene } from "./pictures/scene.ts";
import { drawShoe } from "./pictures/shoe.ts";
import type { Picture } from "./product.ts";

function draw(picture: Picture): string {
  switch (picture.kind) {
    case "shoe":
      return drawShoe(picture);
    case "jacket":
      return drawJacket(picture);
    case "pack":
      return drawPack(picture);
    case "accessory":
      return drawAccessory(picture);
  }
}

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#1d2f29"/><path d="M10 46 25 20l8 11 7-9 14 24" fill="none" stroke="#e9b384" stroke-width="6" stroke-linejoin="round" stroke-linecap="round"/></svg>`;

/** The SVG behind /pictures/{name}.svg: a product's slug, hero-{scene}, or icon. */
export function findPicture(name: string): string | undefined {
  if (name === "icon") return icon;
  const scene = name.startsWith("hero-") ? name.slice("hero-".length) : "";
  if (isScene(scene)) return drawScene(scene);
  const product = findProduct(name);
  return product && draw(product.picture);
}
