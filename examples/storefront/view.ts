import type { Customer } from "./customers.ts";

export type Link = { label: string; href: string };

/** What every page needs to know about the request it answers. */
export type View = {
  edge: string;
  path: string;
  timeMachine: boolean;
  customer?: Customer | undefined;
  /** Present when someone is signed in. */
  token?: string | undefined;
  /** Pages for who runs the shop, linked in the time machine's panel. */
  backstage: readonly Link[];
};

/** What a page's script tells of the customer. */
export type Traits = { email: string; firstName: string };

/** An event that the page's script records as soon as it runs. */
export type PageEvent = { name: string; properties: object; id?: string };
