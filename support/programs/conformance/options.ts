/** The command line of `npm run conformance`. Checks everything that can be checked before a devnet is started. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { checkArtifacts } from '../../settings/check-artifacts.ts';
import { SettingsError } from '../../settings/settings.ts';
import { wholeNumber } from '../whole-number.ts';

export interface Options {
  /** Folder of the real contracts' artifacts. */
  readonly artifacts: string;
  readonly actions: number;
  readonly seed: number;
  readonly users: number;
  readonly agents: number;
}

export const USAGE =
  'usage: npm run conformance -- --artifacts DIR [--actions NUMBER] [--seed NUMBER] [--users NUMBER] [--agents NUMBER]';

const SEED_RANGE = 2 ** 32;
const text = { type: 'string' } as const;

/** Throws SettingsError, in one line that names the option. A seed that is not given is drawn. */
export function readOptions(words: readonly string[]): Options {
  const { artifacts, actions, seed, users, agents } = parse(words);
  if (artifacts === undefined || artifacts === '') throw new SettingsError(`--artifacts is missing; ${USAGE}`);
  const options: Options = {
    artifacts,
    actions: wholeNumber('--actions', actions, 1, 1_000_000) ?? 200,
    seed: wholeNumber('--seed', seed, 0, SEED_RANGE - 1) ?? randomInt(SEED_RANGE),
    users: wholeNumber('--users', users, 1, 100) ?? 3,
    agents: wholeNumber('--agents', agents, 1, 20) ?? 3,
  };
  try {
    checkArtifacts(artifacts);
  } catch (error) {
    throw new SettingsError(`--artifacts: ${oneLine(error)}`, { cause: error });
  }
  return options;
}

function parse(words: readonly string[]) {
  try {
    const options = { artifacts: text, actions: text, seed: text, users: text, agents: text };
    return parseArgs({ args: [...words], options }).values;
  } catch (error) {
    throw new SettingsError(`${oneLine(error)}; ${USAGE}`, { cause: error });
  }
}

export const oneLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, ' ');
