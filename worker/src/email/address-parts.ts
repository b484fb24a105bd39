/** `Tarnfell <shop@tarnfell.example>` as its name and address; an address alone as it is. */
export function addressParts(from: string): { email: string; name?: string } {
  const match = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(from);
  if (!match) return { email: from.trim() };
  return { email: match[2]!.trim(), ...(match[1] && { name: match[1] }) };
}
