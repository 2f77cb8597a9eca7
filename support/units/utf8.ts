/** Text of files that people write: UTF-8, with or without the byte order mark that some editors put in front. */

const UTF_16_MARKS: readonly (readonly [number, number])[] = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/** The text without its mark. Throws an error that says what the bytes are instead; it shows none of them. */
export function utf8Text(bytes: Uint8Array): string {
  if (UTF_16_MARKS.some(([first, second]) => bytes[0] === first && bytes[1] === second))
    throw new Error('it is UTF-16, but must be saved as UTF-8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error('it is not text in UTF-8', { cause: error });
  }
}
