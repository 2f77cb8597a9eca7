import { describe, expect, test } from 'vitest';
import { utf8Text } from './utf8.ts';

describe('utf8Text', () => {
  test.each([
    ['without a mark', 'SEED=7 ö…', Buffer.from('SEED=7 ö…')],
    ['with a mark', 'SEED=7', Buffer.from('\uFEFFSEED=7')],
    ['nothing', '', Buffer.from('')],
  ])('%s', (_what, text, bytes) => expect(utf8Text(bytes)).toBe(text));

  test.each([
    ['UTF-16, low byte first', Buffer.from('\uFEFFSEED=7', 'utf16le'), 'UTF-16'],
    ['UTF-16, high byte first', Buffer.from('\uFEFFSEED=7', 'utf16le').swap16(), 'UTF-16'],
    ['Latin-1', Buffer.from('ö', 'latin1'), 'not text in UTF-8'],
  ])('%s is refused', (_what, bytes, sentence) => expect(() => utf8Text(bytes)).toThrow(sentence));
});
