import { html } from "../html.ts";

/** The two peaks of the wordmark. */
export const mark = () =>
  html`<svg class="mark" viewBox="0 0 32 20" width="32" height="20" aria-hidden="true" focusable="false">
    <path
      d="M2 18 11 3l5 7.5 5-6L30 18"
      fill="none"
      stroke="currentColor"
      stroke-width="3.2"
      stroke-linejoin="round"
      stroke-linecap="round"
    />
  </svg>`;
