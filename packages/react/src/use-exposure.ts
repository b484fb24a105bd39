import { useEffect, type RefObject } from "react";
import { useMurmurContext } from "./murmur-context.ts";

/** What was recorded on this page. */
const seen = new Set<string>();

/** Records what a slot shows once half of it was on the screen, or it filled half of that: on a page once for each variant. */
export function useExposure(
  element: RefObject<HTMLElement | null>,
  slot: string,
  variant: string | undefined,
): void {
  const { track } = useMurmurContext().answers;
  useEffect(() => {
    if (!variant) return;
    const key = `${slot} ${variant}`;
    const observer = new IntersectionObserver(
      (entries) => {
        if (seen.has(key) || !entries.some(isSeen)) return;
        seen.add(key);
        void track("Slot Viewed", { slot, variant });
      },
      { threshold: [0.1, 0.2, 0.3, 0.4, 0.5] },
    );
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, [slot, variant]);
}

function isSeen({ intersectionRatio, intersectionRect }: IntersectionObserverEntry): boolean {
  return intersectionRatio >= 0.5 || intersectionRect.height * 2 >= innerHeight;
}
