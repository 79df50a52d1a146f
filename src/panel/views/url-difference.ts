/** What one address has that another has not: its path where that differs, and parts of its query. */
export function urlDifference(url: string, other: string): string[] {
  const [one, two] = [URL.parse(url), URL.parse(other)];
  if (one === null || two === null) return url === other ? [] : [url];
  const parts = one.origin + one.pathname === two.origin + two.pathname ? [] : [one.pathname];
  const known = new Set(Array.from(two.searchParams, ([name, value]) => `${name}=${value}`));
  for (const [name, value] of one.searchParams) {
    if (!known.has(`${name}=${value}`)) parts.push(`${name}=${value}`);
  }
  return parts;
}
