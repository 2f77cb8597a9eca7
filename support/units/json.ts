/** JSON with bigints: as decimal text for people, or packed so that they come back as bigints. */

/** Bigints as decimal text; whoever reads it knows which fields are amounts. */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_key, entry: unknown) => (typeof entry === 'bigint' ? entry.toString() : entry),
    indent,
  );
}

/** Bigints as text with an n behind, for files that unpackJson reads. */
export function packJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) => (typeof entry === 'bigint' ? `${entry}n` : entry));
}

/**
 * What packJson wrote, bigints and all; the caller names the type, as with JSON.parse. Text that looks like a packed bigint
 * becomes one.
 */
export function unpackJson(text: string) {
  return JSON.parse(text, (_key, entry: unknown) =>
    typeof entry === 'string' && /^-?\d+n$/.test(entry) ? BigInt(entry.slice(0, -1)) : entry,
  );
}
