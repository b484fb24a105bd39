import { frameStyles } from "./frame-styles.ts";
import { viewStyles } from "./view-styles.ts";

let sheets: CSSStyleSheet[] | undefined;

/** Made by script, not by a `style` element: a Content-Security-Policy without inline styles has nothing against them. */
export function styleSheets(): CSSStyleSheet[] {
  sheets ??= [frameStyles, viewStyles].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return sheets;
}
