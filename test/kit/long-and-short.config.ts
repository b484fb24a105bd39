import type { Definition } from "@murmur/core";

/** Segments that time alone ends: sooner than a tab can be put to sleep, and later than a timer can wait. */
const definition: Definition = {
  segments: {
    short: { when: { sinceLast: "Seen", lt: "2s" } },
    idle: { when: { sinceLast: "Seen", gte: "2h" } },
    long: { when: { count: "Seen", within: "60d", gte: 1 } },
  },
};

export default definition;
