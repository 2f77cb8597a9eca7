/** JSON with bigints written as decimal text, and read back as text: whoever reads knows which fields are amounts. */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_key, entry: unknown) => (typeof entry === 'bigint' ? entry.toString() : entry),
    indent,
  );
}
