/**
 * programs: what npm scripts do. This file: what they share: exit codes, settings, network, options.
 * Imports every room below; gets the suite as an argument. Exit 0: done. 1: something is wrong. 2: wrong settings or options.
 * Never here: what a run also needs.
 */
import { type ParseArgsConfig, parseArgs } from 'node:util';

import type { Actors } from '../actors/actors.ts';
import type { NetworkRecord } from '../clients/network-record.ts';
import { type ApiKeys, apiKeysOf } from '../network/api-keys.ts';
import { type Secrets, type Settings, SettingsError } from '../settings/settings.ts';
import { loadSecrets, loadSettings } from '../settings/load.ts';
import type { Suite } from '../sequence/suite.ts';
import { findNetwork } from '../settings/networks.ts';

/** What an npm script does with the words behind its name. Gives the exit code; throws SettingsError for wrong words. */
export type Program = (suite: Suite<Actors>, words: readonly string[]) => Promise<number>;

export interface Surroundings {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly apiKeys: ApiKeys;
  readonly record: NetworkRecord;
}

/** Settings and network of a command. Throws SettingsError; the embedded devnet only lives within a run. */
export function surroundings(suite: Suite<Actors>): Surroundings {
  const settings = loadSettings(suite);
  const secrets = loadSecrets();
  const network = findNetwork(settings.network, settings.overrides);
  if (network.kind !== 'record')
    throw new SettingsError(
      'NETWORK is devnet, which exists only while a run lasts and needs none of this: ' +
        'set NETWORK to coston2 or the path of a network record',
    );
  return { settings, secrets, apiKeys: apiKeysOf(secrets), record: network.record };
}

/** The option that every command has. */
export const HELP = { help: { type: 'boolean' } } as const;

/** Options of the command line. What it says of a wrong one names options only, never values: someone may put a key there. */
export function readOptions<T extends NonNullable<ParseArgsConfig['options']>>(
  words: readonly string[],
  usage: string,
  options: T,
) {
  try {
    return parseArgs({ args: [...words], options }).values;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new SettingsError(`${WRONG_OPTIONS[code] ?? 'the options are wrong'}\n${usage}`);
  }
}

const WRONG_OPTIONS: Readonly<Record<string, string>> = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: 'there is no such option',
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: 'it takes options only; secrets go into .env or the environment',
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: 'an option has a value it does not take, or lacks one',
};

/** Runs a program to its end; errors are lines, not stacks. `act` gives the exit code. */
export async function runProgram(act: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await act();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof SettingsError ? 2 : 1;
  }
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
