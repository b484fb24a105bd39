import type { SlotContent } from "@murmur/core";
import type { ReactNode } from "react";

const FIELDS = "html title text image alt href cta".split(" ");

/** A slot's content in a plain form, for the page's style sheets to dress. Unsafe addresses are out of it already. */
export function slotBody(content: SlotContent): ReactNode {
  // Texts alone: what else there may be in a definition is nothing to show.
  const [html, title, text, image, alt = "", href, cta = title ?? href] = FIELDS.map((name) => {
    const value = content[name];
    return typeof value === "string" ? value : undefined;
  });
  // From the definition alone, which is as trusted as the page.
  if (html !== undefined) return <div dangerouslySetInnerHTML={{ __html: html }} />;
  return [
    image && <img key="1" alt={alt} src={image} />,
    title && <strong key="2">{title}</strong>,
    text && <p key="3">{text}</p>,
    href && (
      <a key="4" href={href}>
        {cta}
      </a>
    ),
  ];
}
