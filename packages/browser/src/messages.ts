/** What has happened, and what is to be done, by the code that the tag reports; a part of a code stands for all of its kind. */
const MESSAGES: Readonly<Record<string, string>> = {
  internal: "an unexpected fault, which stays here; please report it",
  not_started: "the tag could not start; the page is as it would be without it",
  unknown_call: "there is no such method to call by murmur.push([method, …])",
  page_callback: "what the page gave to murmur.push([…]) failed",
  unknown_event: "on() takes entered, exited, slot or change",
  listener: "a listener of the page's own failed",
  plugin: "a plugin failed over an event, which goes on as it was",
  refused: "not recorded, for the member named; an entry is plain JSON of 16 KB and 8 levels at most",
  storage_refused: "the browser keeps no data here; going on in memory for this page",
  token_unreadable: "identify was given no JWT, or one of over 4,096 characters; going on without it",
  token_invalid: "the edge refused the identity token, sign a new one; going on as an anonymous device",
  not_delivered: "the edge was not reached; everything is kept and sent again later",
  rejected: "the edge refused an entry, which counts nowhere now",
  no_manifest: "the new definition could not be taken over; going on with the last one",
  no_decisions:
    "murmur-decisions.js could not be loaded; slots with experiments or values in their texts keep the page's own content",
  not_erased: "the edge was not reached to erase what it keeps of this device; the next page asks it again",
};

/** The words for a code, and a blank; nothing for one that is not known. */
export default function wordsFor(code: string): string {
  const words = MESSAGES[code] ?? MESSAGES[code.split("_")[0]!];
  return words ? `${words} ` : "";
}
