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

/** The SVG behind /pictures/{name}.svg: a product's slug, or hero-{scene}. */
export function findPicture(name: string): string | undefined {
  const scene = name.startsWith("hero-") ? name.slice("hero-".length) : "";
  if (isScene(scene)) return drawScene(scene);
  const product = findProduct(name);
  return product && draw(product.picture);
}
