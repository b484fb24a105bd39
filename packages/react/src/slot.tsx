import type { SlotDecision } from "@murmur/core";
import { useRef, type ElementType, type HTMLAttributes, type ReactElement, type ReactNode } from "react";
import type { Decision, SlotName } from "./register.ts";
import { slotBody } from "./slot-body.tsx";
import { useExposure } from "./use-exposure.ts";
import { useSlot } from "./use-slot.ts";

export interface SlotProps<Name extends SlotName> extends Omit<HTMLAttributes<HTMLElement>, "children"> {
  name: Name;
  /** The element that it is; `div` by default. */
  as?: ElementType;
  /**
   * The page's own content, shown where nothing is decided; what is decided is shown in a plain form: a picture, the
   * title, the text and a link, or the definition's HTML. A function renders both itself: it is given the decision, or undefined.
   */
  children?: ReactNode | ((decision: Decision<Name> | undefined) => ReactNode);
}

/**
 * Content that is decided for who is looking. Once half of it was seen, what the decision asks for is recorded: `Experiment
 * Viewed`, and `Slot Viewed` where a cap counts it. All text is escaped by React; HTML is only ever the definition's field `html`.
 */
export function Slot<Name extends SlotName>({
  name,
  as: Element = "div",
  children,
  ...attributes
}: SlotProps<Name>): ReactElement {
  const decision = useSlot(name);
  const element = useRef<HTMLElement>(null);
  useExposure(element, decision as SlotDecision | undefined);
  // An experiment may be to show the page's own content.
  const shown = decision && Object.keys(decision.content as object)[0] ? decision : undefined;
  return (
    <Element {...attributes} ref={element} data-murmur-variant={decision && (decision.variant ?? "fallback")}>
      {typeof children === "function" ? children(shown) : shown ? slotBody(shown.content) : children}
    </Element>
  );
}
