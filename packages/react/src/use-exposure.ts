import type { SlotDecision } from "@murmur/core";
import { useEffect, useRef, type RefObject } from "react";
import { useMurmurContext } from "./murmur-context.ts";

/**
 * Records what a decision asks for once half of the element was on the screen, or it filled half of that: each event once for
 * as long as the element is there.
 */
export function useExposure(
  element: RefObject<HTMLElement | null>,
  decision: SlotDecision | undefined,
): void {
  const { track } = useMurmurContext().answers;
  const seen = useRef(new Set<string>()).current;
  useEffect(() => {
    if (!decision?.exposures) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(isSeen)) return;
        for (const exposure of decision.exposures!) {
          const key = JSON.stringify(exposure);
          if (!seen.has(key)) void track(exposure.name, exposure.properties);
          seen.add(key);
        }
      },
      { threshold: [0.1, 0.3, 0.5] },
    );
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, [decision]);
}

function isSeen({ intersectionRatio, intersectionRect }: IntersectionObserverEntry): boolean {
  return intersectionRatio >= 0.5 || intersectionRect.height * 2 >= innerHeight;
}
