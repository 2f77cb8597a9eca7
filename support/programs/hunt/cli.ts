/**
 * `npm run canaries`: the suite against every planted fault, one row each, the sum of it in the last line.
 *
 * Exit 0: every fault was found, shrunk to its fewest steps and replayed every time. 1: not so. 2: wrong arguments.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { plantedFaults } from '../../planted/index.ts';
import type { PlantedFault } from '../../planted/planted-fault.ts';
import { type Program, say } from '../program.ts';
import { SettingsError } from '../../settings/settings.ts';
import { noSuchName } from '../../settings/near-names.ts';
import { wholeNumber } from '../whole-number.ts';
import { carryOutAll } from '../workers.ts';
import type { Actors } from '../../actors/actors.ts';
import type { Suite } from '../../sequence/suite.ts';
import { checksOf } from './checks.ts';
import type { HuntOrder } from './hunt-worker.ts';
import type { Hunt } from './hunt.ts';
import { documentOf, summary, tableHead, tableRow } from './verdict.ts';

const USAGE =
  'usage: npm run canaries -- [NAME …] [--only NAME,NAME] [--seed S] [--replays N] [--jobs N] [--write-doc]';
/** Every fault that is found is found well before; docs/planted-faults.md says after how many. */
const MOST_ACTIONS = 2_000;
const DOCUMENT = 'docs/planted-faults.md';

interface Request {
  readonly faults: readonly PlantedFault[];
  readonly seed: number;
  readonly replays: number;
  readonly jobs: number;
  readonly writeDoc: boolean;
}

/** Throws SettingsError with one line for what is wrong. */
function readArguments(words: readonly string[]): Request {
  const { values, positionals } = parsed(words);
  const names = [...positionals, ...(values.only?.split(',') ?? [])];
  if (values['write-doc'] && names.length > 0)
    throw new SettingsError('--write-doc writes the page of all planted faults: it goes without names');
  return {
    faults: chosenFaults(names),
    seed: wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1) ?? 1,
    replays: wholeNumber('--replays', values.replays, 1, 1_000) ?? 20,
    jobs: wholeNumber('--jobs', values.jobs, 1, 64) ?? 2,
    writeDoc: values['write-doc'],
  };
}

function parsed(words: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { only: text, seed: text, replays: text, jobs: text, 'write-doc': flag },
    });
  } catch (error) {
    throw new SettingsError(`${error instanceof Error ? error.message : String(error)}; ${USAGE}`, { cause: error });
  }
}

/** All when none is named. */
function chosenFaults(names: readonly string[]): PlantedFault[] {
  if (names.length === 0) return [...plantedFaults.values()];
  return names.map((name) => {
    const fault = plantedFaults.get(name.trim());
    if (fault === undefined) throw new SettingsError(noSuchName('the command line', name, [...plantedFaults.keys()]));
    return fault;
  });
}

async function main(suite: Suite<Actors>, { faults, seed, replays, jobs, writeDoc }: Request): Promise<number> {
  say(`seed ${seed}`);
  say(tableHead());
  const hunts: Hunt[] = [];
  const orders = faults.map((fault) => {
    const folder = resolve(join('reports', 'canaries', fault.name));
    return { fault, options: { seed, replays, mostActions: MOST_ACTIONS, folder } };
  });
  await carryOutAll<HuntOrder, Hunt>([suite.programs, 'hunt-worker'], orders, jobs, ({ fault }, answer) => {
    // A hunt that cannot run is reported in its row and counts as missed.
    if ('error' in answer) return say(`${fault.name}: no hunt: ${answer.error}`);
    hunts.push(answer.result);
    say(tableRow(answer.result, replays));
  });
  if (writeDoc) writeFileSync(DOCUMENT, documentOf(checksOf(suite), faults, hunts, seed));
  const { text, isGood } = summary(hunts, replays, faults.length);
  say(text);
  return isGood ? 0 : 1;
}

export const run: Program = async (suite, words) => main(suite, readArguments(words));
