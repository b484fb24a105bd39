/** What must not stand in HTML as it is, and what would depend on the page's encoding. */
const RISKY = /[^ -~]|[&<>"'`]/gu;

/** The named references that HTML's serialisers write. */
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Escapes text for HTML, in an element and in an attribute alike: ASCII alone, so that the page's encoding makes no difference. */
export function escapeHtml(text: string): string {
  return text.replace(RISKY, (sign) => `&#${readable(sign.codePointAt(0)!)};`);
}

/** A lone surrogate is no character, and NUL none that HTML can hold. */
function readable(point: number): number {
  return point === 0 || (point >= 0xd800 && point <= 0xdfff) ? 0xfffd : point;
}

/** An attribute as it stands in the source, read: HTMLRewriter hands out references as they were written. */
export function readAttribute(source: string): string {
  return source.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi,
    (all, decimal, hex, name) => {
      if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? all;
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return point > 0x10ffff ? all : String.fromCodePoint(point);
    },
  );
}
