import type definition from "murmur.config";

/** From here on, a segment or a slot that the shop has not does not compile. */
declare module "@murmur/react" {
  interface Register {
    definition: typeof definition;
  }
}
