/** The sources of a checkout as the rules of the house see them. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import type { SourceFile } from './layers.ts';

/** Git-ignored keys of live networks: not sources, and not to be printed by a failing check. */
const KEY_FILES = 'fixtures/users/secrets/';

/** Compressed build output: no text. */
const COMPRESSED = /\.br$/;

/** Every file below these folders of the checkout, and these files. */
export function readSources(root: string, ...places: readonly string[]): SourceFile[] {
  const read = (path: string): SourceFile => ({ path, text: readFileSync(resolve(root, path), 'utf8') });
  return places.flatMap((place) => {
    if (statSync(resolve(root, place)).isFile()) return [read(place)];
    return readdirSync(resolve(root, place), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => posix.relative(root, posix.join(entry.parentPath, entry.name)))
      .filter((path) => !path.startsWith(KEY_FILES) && !COMPRESSED.test(path))
      .map(read);
  });
}
