/**
 * `npm run bench`: what the suite costs, against the same acts sent bare; by bundle, number of users, length of a play; start
 * and memory. A table, and reports/bench.json. Ratios are taken within one process, so they hold on a noisy machine.
 *
 * Exit 0: measured. 1: it could not be measured. 2: wrong settings or options.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeWhole } from '../../files/whole.ts';
import { toJson } from '../../units/json.ts';
import { type Program, say } from '../program.ts';
import { processorOfAll } from './cpu.ts';
import { benchText } from './figures.ts';
import { USAGE, readRequest } from './options.ts';
import { type Found, ROW, benchOf } from './rows.ts';

export const run: Program = async (suite, words) => {
  if (words.includes('--help')) {
    say(USAGE);
    return 0;
  }
  const request = readRequest(suite, words, process.env);
  const reports = resolve('reports');
  const found: Found[] = [];
  for (const row of request.rows) {
    say(`measuring: ${row}`);
    found.push(await ROW[row]({ suite, request, folder: join(reports, 'bench', row) }));
  }
  const bench = benchOf(request, processorOfAll().unit, found);
  mkdirSync(reports, { recursive: true });
  const path = join(reports, 'bench.json');
  writeWhole(path, `${toJson(bench, 2)}\n`);
  say(`\n${benchText(bench)}\n\n${path}`);
  return 0;
};
