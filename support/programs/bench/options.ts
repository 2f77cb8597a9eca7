/** The command line of `npm run bench`. Checks everything before a devnet is started. */
import type { Actors } from '../../actors/actors.ts';
import type { Suite } from '../../sequence/suite.ts';
import type { Environment } from '../../settings/parse.ts';
import { type Settings, SettingsError } from '../../settings/settings.ts';
import { loadSettings } from '../../settings/load.ts';
import { readOptions } from '../program.ts';
import { wholeNumber } from '../whole-number.ts';

/** What is measured, one after the other. */
export const ROWS = ['floor', 'bundles', 'users', 'length', 'workers', 'start'] as const;
export type RowName = (typeof ROWS)[number];

export const USAGE = `usage: npm run bench -- [options]
  --quick       a minute instead of half an hour: fewer plays, and rows that take long are left out
  --only ROW    one row alone: ${ROWS.join(', ')}
  --plays N     plays that the suite and the floor do in turns (default: 5, quick: 2)
  --length N    actions of the long play (default: 20000)
SEED, USERS, STEPS, AGENTS, BUNDLES, FASSETS_ARTIFACTS and the like are settings as in any run.`;

export interface Request {
  readonly settings: Settings;
  readonly isQuick: boolean;
  readonly rows: readonly RowName[];
  readonly plays: number;
  /** Actions of the long play. */
  readonly length: number;
}

const QUICK_STEPS = '5';

/** Throws SettingsError that says what is wrong. */
export function readRequest(suite: Suite<Actors>, words: readonly string[], environment: Environment): Request {
  const text = { type: 'string' } as const;
  const values = readOptions(words, USAGE, { quick: { type: 'boolean' }, only: text, plays: text, length: text });
  const isQuick = values.quick ?? false;
  const plays = wholeNumber('--plays', values.plays, 1, 10_000) ?? (isQuick ? 2 : 5);
  const length = wholeNumber('--length', values.length, 100, 10_000_000) ?? 20_000;
  const rows = values.only === undefined ? ROWS : [rowNamed(values.only)];
  // The same draws each time, or two runs could not be compared.
  const usual = { SEED: '1', FAULTS: 'none', ...(isQuick && { STEPS: QUICK_STEPS }) };
  const settings = loadSettings(suite, { ...usual, ...environment });
  if (settings.network !== 'devnet')
    throw new SettingsError(
      `NETWORK is ${JSON.stringify(settings.network)}, but only the embedded devnet can be measured`,
    );
  if (settings.faults.length > 0)
    throw new SettingsError(`FAULTS is ${settings.faults.join(',')}, but what they cost is not measured: leave it out`);
  return { settings, isQuick, rows, plays, length };
}

function rowNamed(name: string): RowName {
  const row = ROWS.find((known) => known === name);
  if (row !== undefined) return row;
  throw new SettingsError(`--only is ${JSON.stringify(name)}, but there is only: ${ROWS.join(', ')}`);
}
