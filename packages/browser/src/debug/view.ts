import type { Model } from "./model.ts";

/** One tab of the panel. */
export interface View {
  readonly id: string;
  readonly label: string;
  readonly element: HTMLElement;
  /** Shows a model, in place. Called only while the view can be seen. */
  update(model: Model): void;
  /** What the tab says beside its name; `urgent` where it waits for something. */
  badge(model: Model): { text: string; urgent?: boolean };
}
