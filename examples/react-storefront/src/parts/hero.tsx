import { Slot } from "@murmur/react";
import type { ReactElement } from "react";

const OWN = {
  eyebrow: "The autumn collection",
  title: "Made for hills that keep going",
  text: "Running and hill goods from a small workshop by the water. Built to be worn out slowly, and mended when they are.",
  cta: "See the jackets",
  href: "/category/jackets",
  image: "/pictures/hero-dawn.svg",
};

/** The hero slot. On product pages it is a compact strip, and the page's own heading stays the only h1. */
export function Hero({ form }: { form: "full" | "compact" }): ReactElement {
  const Title = form === "full" ? "h1" : "p";
  return (
    <Slot name="hero" as="section" className={`hero hero-${form}`} aria-label="Featured" data-testid="hero">
      {(decision) => {
        const { eyebrow, title, text, cta, href, image } = decision?.content ?? OWN;
        return (
          <>
            <div className="hero-copy">
              <p className="eyebrow">{eyebrow}</p>
              <Title className="hero-title">{title}</Title>
              <p className="hero-text">{text}</p>
              <a className="button button-light" href={href}>
                {cta}
              </a>
            </div>
            <div className="hero-picture">
              <img src={image} alt="" width="1200" height="900" />
            </div>
          </>
        );
      }}
    </Slot>
  );
}
