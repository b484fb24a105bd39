import sift from "sift";
import type { Peer, Question } from "./peer.ts";

/** One compiled query a segment: sift tests an object against one query at a time. */
export function siftPeer({ categories, segments, moreThan }: Question): Peer {
  const tests = categories.map((category) => sift({ [category]: { $gt: moreThan } }));
  return {
    name: "sift",
    members: (counts) => segments.filter((_segment, at) => tests[at]!(counts)),
  };
}
