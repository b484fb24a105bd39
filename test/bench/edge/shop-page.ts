/** A page as shops have them, of at least so many bytes: a banner and a hero at its top, and a long grid of products. */
export function shopPage(bytes: number): string {
  const head = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Running shoes</title><link rel="stylesheet" href="/shop.css"><script async src="/murmur.js"></script></head><body><aside class="banner" data-murmur-slot="banner"><p><span data-murmur-text="text">Free delivery</span> <a href="/shoes" data-murmur-href="href" data-murmur-text="cta">Shop</a></p></aside><section class="hero" data-murmur-slot="hero"><h1 data-murmur-text="title">Made for hills</h1><p data-murmur-text="text">Running and hill goods.</p><a class="button" href="/jackets" data-murmur-href="href" data-murmur-text="cta">See the jackets</a><img src="/hero.svg" alt="" width="1200" height="900" data-murmur-src="image"></section><ul class="grid">\n`;
  let grid = "";
  for (let at = 0; head.length + grid.length < bytes; at++)
    grid += `<li class="card" data-id="${at}"><a class="tile" href="/products/shoe-${at}?ref=grid&amp;at=${at}" title="Shoe ${at}"><img src="/pictures/shoe-${at}.svg" alt="Shoe ${at}" width="800" height="800" loading="lazy"><span class="name">Fellrunner number ${at}</span><span class="muted price">€ ${at}.00</span></a><p class="text">A light shoe for wet rock and long days out, with a grip that holds and a heel that forgives.</p></li>\n`;
  return `${head}${grid}</ul></body></html>`;
}
