import { Slot } from "@murmur/react";
import type { ReactElement } from "react";
import { freeDeliveryFrom } from "../../../storefront/delivery.ts";

const OWN = {
  text: `Free delivery over €${freeDeliveryFrom}`,
  cta: "Shop running shoes",
  href: "/category/running-shoes",
};

/** The strip at the top of every page. */
export function Banner(): ReactElement {
  return (
    <Slot name="banner" as="aside" className="banner" aria-label="Announcement" data-testid="banner">
      {(decision) => {
        const { text, cta, href } = decision?.content ?? OWN;
        return (
          <p>
            <span>{text}</span> <a href={href}>{cta}</a>
          </p>
        );
      }}
    </Slot>
  );
}
