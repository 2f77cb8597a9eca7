/**
 * `npm run soak`: long random sequences under faults, one seed after the other, until so many actions are done: the proof that
 * the suite raises no false alarm, on the stand-in or on compiled contracts. The sum of it is the last line.
 *
 * Exit 0: nothing wrong, nothing unknown, everything wound up, each fault was on. 1: not so. 2: wrong settings or options.
 */
import { type Program, say } from '../program.ts';
import { tableText } from '../../report/table.ts';
import { carryOutAll } from '../workers.ts';
import { type Request, USAGE, readRequest } from './options.ts';
import type { Soak, SoakOrder } from './soak.ts';
import { HEAD, cellsOf, summary } from './verdict.ts';

async function main(programs: string, { orders, faults, jobs }: Request): Promise<number> {
  const soaks: Soak[] = [];
  const rows: string[][] = [[...HEAD]];
  say(tableText(rows));
  await carryOutAll<SoakOrder, Soak>([programs, 'soak-worker'], orders, jobs, ({ settings, folder }, answer) => {
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

export const run: Program = async (suite, words) => {
  if (!words.includes('--help')) return main(suite.programs, readRequest(suite, words, process.env));
  say(USAGE);
  return 0;
};
