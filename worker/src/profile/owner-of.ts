/** A profile's address as one text. */
export function ownerOf({ kind, id }: { kind: "device" | "customer"; id: string }): string {
  return `${kind}:${id}`;
}
