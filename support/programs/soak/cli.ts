/**
 * `npm run soak`: long random sequences under faults, one seed after the other, until so many actions are done: the proof that
 * the suite raises no false alarm, on the stand-in or on compiled contracts. The sum of it is the last line.
 *
 * Exit 0: nothing wrong, nothing unknown, everything settled, each fault was on. 1: not so. 2: wrong settings or options.
 */
import { join } from 'node:path';
import { runCommand, say } from '../money/command.ts';
import { tableText } from '../../report/table.ts';
import { carryOutAll } from '../workers.ts';
import { type Request, USAGE, readRequest } from './options.ts';
import type { Soak, SoakOrder } from './soak.ts';
import { HEAD, cellsOf, summary } from './verdict.ts';

const WORKER = join(import.meta.dirname, 'soak-worker.ts');

async function main({ orders, faults, jobs }: Request): Promise<number> {
  const soaks: Soak[] = [];
  const rows: string[][] = [[...HEAD]];
  say(tableText(rows));
  await carryOutAll<SoakOrder, Soak>(WORKER, orders, jobs, ({ settings, folder }, answer) => {
    if ('error' in answer) return say(`seed ${settings.seed} could not be soaked: ${answer.error}`);
    soaks.push(answer.result);
    rows.push(cellsOf(answer.result));
    say(tableText(rows).split('\n').at(-1) ?? '');
    if (answer.result.failure !== undefined) say(`\n${answer.result.failure}\n\nlogs: ${folder}\n`);
  });
  const { text, isGood } = summary(soaks, orders.length, faults);
  say(text);
  return isGood ? 0 : 1;
}

await runCommand(async () => {
  const words = process.argv.slice(2);
  if (!words.includes('--help')) return main(readRequest(words, process.env));
  say(USAGE);
  return 0;
});
