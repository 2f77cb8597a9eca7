/**
 * `npm run layers`: the rooms from the ground up, what each holds and may import, and the shape of the house in figures.
 * `npm run layers -- FOLDER` measures another checkout, an older one for example.
 */
import { resolve } from 'node:path';
import { figuresOf } from './figures.ts';
import { ROOMS } from './layers.ts';
import { readSources } from './read-sources.ts';

const root = resolve(process.argv[2] ?? '.');
const sources = readSources(root, 'bundles', 'fixtures', 'scenarios', 'support').filter(({ path }) =>
  /\.(ts|mjs)$/.test(path),
);
if (process.argv[2] === undefined)
  for (const { folder, holds, imports } of ROOMS) {
    const count = sources.filter(({ path }) => path.startsWith(`${folder}/`)).length;
    const names = imports.map((name) => name.replace('support/', '')).join(', ') || 'nothing';
    say(`${folder.padEnd(18)} ${holds} (${count} files)\n${' '.repeat(19)}imports ${names}`);
  }
say('');
for (const { name, count } of figuresOf(sources)) say(`${String(count).padStart(6)}  ${name}`);

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
