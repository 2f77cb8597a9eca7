/** The command line of `npm run soak`. Checks everything before a devnet is started. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Actors } from '../../actors/actors.ts';
import type { Suite } from '../../sequence/suite.ts';
import type { Environment } from '../../settings/parse.ts';
import { type Settings, SettingsError } from '../../settings/settings.ts';
import { loadSettings } from '../../settings/load.ts';
import { wholeNumber } from '../whole-number.ts';
import type { SoakOrder } from './soak.ts';

export const USAGE = `usage: npm run soak -- [options]
  --actions N      actions in all (default: 2000)
  --seeds N        seeds, each with an even part of them and a devnet of its own (default: 4)
  --first-seed S   the first seed, the others are the next ones (default: 1)
  --jobs N         seeds at the same time (default: 2)
FAULTS (default here: all), USERS, STEPS, AGENTS, BUNDLES, FASSETS_ARTIFACTS and the like are settings as in any run.`;
const MOST_SEEDS = 10_000;

export interface Request {
  readonly orders: readonly SoakOrder[];
  readonly faults: readonly string[];
  readonly jobs: number;
}

/** Throws SettingsError that says what is wrong. */
export function readRequest(suite: Suite<Actors>, words: readonly string[], environment: Environment): Request {
  const { values } = parsed(words);
  const actions = wholeNumber('--actions', values.actions, 1, 100_000_000) ?? 2_000;
  const seeds = wholeNumber('--seeds', values.seeds, 1, MOST_SEEDS) ?? 4;
  const firstSeed = wholeNumber('--first-seed', values['first-seed'], 0, 2 ** 32 - MOST_SEEDS) ?? 1;
  const settings = soakSettings(suite, environment);
  return {
    faults: settings.faults,
    jobs: wholeNumber('--jobs', values.jobs, 1, 64) ?? 2,
    orders: Array.from({ length: seeds }, (_, index) => ({
      settings: { ...settings, seed: firstSeed + index },
      actions: Math.ceil(actions / seeds),
      folder: resolve('reports', 'soak', `seed-${firstSeed + index}`),
    })),
  };
}

function parsed(words: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...words], options: { actions: text, seeds: text, 'first-seed': text, jobs: text } });
  } catch (error) {
    throw new SettingsError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`, { cause: error });
  }
}

/** Those of any run, with every fault unless FAULTS is set. */
function soakSettings(suite: Suite<Actors>, environment: Environment): Settings {
  const settings = loadSettings(suite, { FAULTS: 'all', ...environment });
  if (settings.network === 'devnet') return settings;
  throw new SettingsError(
    `NETWORK is ${JSON.stringify(settings.network)}, but a soak plays on the embedded devnet only`,
  );
}
