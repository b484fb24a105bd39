import type { ReactElement } from "react";

/** The two peaks of the wordmark. */
export function Mark(): ReactElement {
  return (
    <svg className="mark" viewBox="0 0 32 20" width="32" height="20" aria-hidden="true" focusable="false">
      <path
        d="M2 18 11 3l5 7.5 5-6L30 18"
        fill="none"
        stroke="currentColor"
        strokeWidth="3.2"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
