import type { SlotDecision } from "@murmur/core";
import { useEffect, useRef, type RefObject } from "react";
import { useMurmurContext } from "./murmur-context.ts";

/**
 * Records what a decision asks for once half of the element was on the screen, or it filled half of that: each event once for
 * as long as it is asked for. An experiment is not, once it is recorded, until the next session.
 */
export function useExposure(
  element: RefObject<HTMLElement | null>,
  decision: SlotDecision | undefined,
): void {
  const { track } = useMurmurContext().answers;
  const seen = useRef("");
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(isSeen)) return;
        decision?.exposures?.forEach((exposure) => {
          if (!seen.current.includes(JSON.stringify(exposure)))
            void track(exposure.name, exposure.properties);
        });
        seen.current = JSON.stringify([decision]);
      },
      { threshold: [0.1, 0.3, 0.5] },
    );
    // A component of the page's may hand no ref on.
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  });
}

function isSeen({ intersectionRatio, intersectionRect }: IntersectionObserverEntry): boolean {
  return intersectionRatio >= 0.5 || intersectionRect.height * 2 >= innerHeight;
}
