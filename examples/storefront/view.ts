import type { Customer } from "./customers.ts";

/** What every page needs to know about the request it answers. */
export type View = {
  edge: string;
  path: string;
  timeMachine: boolean;
  customer?: Customer | undefined;
  /** Present when someone is signed in. */
  token?: string | undefined;
};

/** An event that the page's script records as soon as it runs. */
export type PageEvent = { name: string; properties: object; id?: string };
