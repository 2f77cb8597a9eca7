/**
 * `npm run collect`: sweeps what any user of a network still has to the funder, however the last run ended. What has to
 * stay is listed with the reason and is not an error. Safe to repeat.
 */
import { join, resolve } from 'node:path';
import { SettingsError } from '../../settings/settings.ts';
import { sweep, sweepText, writeSwept } from '../../money/sweep.ts';
import { RunHistory } from '../../sequence/history.ts';
import { openSession } from '../../users/session.ts';
import { type ChosenUsers, FUNDER_NAME, everyone, userNames } from '../../keys/names.ts';
import { namesWithKeys } from '../../keys/key-files.ts';
import { lockKeys } from '../../keys/key-lock.ts';
import { keySourceOf } from '../../keys/key-source.ts';
import { type Journals, journalsOf, namesWithJournals, openJournal } from '../../users/journals.ts';
import { type World, reachWorld } from '../../network/world.ts';
import { HELP, type Program, readOptions, say, surroundings } from '../program.ts';
import { cleaningUp } from '../../units/troubles.ts';

const USAGE = `usage: NETWORK=… npm run collect -- [options]
  --patience SECONDS   how long others get for their part, an agent's payment say (default: 1800)
  --wait SECONDS       how long to wait for a run or command that uses a key (default: 0)`;

export const run: Program = async (suite, words) => {
  const options = readOptions(words, USAGE, { ...HELP, patience: { type: 'string' }, wait: { type: 'string' } });
  if (options.help === true) {
    say(USAGE);
    return 0;
  }
  const patienceS = seconds('--patience', options.patience, 1800);
  const waitMs = 1000 * seconds('--wait', options.wait, 0);
  const { record, settings, apiKeys } = surroundings(suite);
  const keysOf = keySourceOf(record, settings.usersFolder);
  const world = await reachWorld(record, apiKeys);
  const sweepAll = async (): Promise<number> => {
    const journals = await journalsOf(world, settings.usersFolder);
    if (journals === undefined)
      throw new SettingsError(`NETWORK: ${record.name} can be put back, so that no run leaves anything to collect`);
    const names = usersOf(world, journals, settings.users);
    const locks = await lockKeys(journals.folder, [FUNDER_NAME, ...names], 'npm run collect', { waitMs });
    const sweepLocked = async (): Promise<number> => {
      const actor = (name: string) =>
        openSession(world, keysOf(name), { tolerances: settings.tolerances, journal: openJournal(journals, name) });
      const log = new RunHistory(resolve(join('reports', 'collect.jsonl')));
      const swept = await sweep(suite.windingUp, world, actor(FUNDER_NAME), names.map(actor), log, patienceS);
      writeSwept('reports', swept);
      say(sweepText(swept));
      for (const problem of swept.problems) process.stderr.write(`${problem}\n`);
      return swept.problems.length === 0 ? 0 : 1;
    };
    return cleaningUp(sweepLocked, () => locks.release());
  };
  return cleaningUp(sweepAll, () => world.close());
};

/**
 * Everyone who has a key file, since any of them may have money; where keys are well known, USERS and everyone who has a
 * journal.
 */
function usersOf({ record }: World, journals: Journals, users: ChosenUsers): string[] {
  const known = () => [...everyone(userNames(users)), ...namesWithJournals(journals)];
  const names = record.wellKnownKeys === true ? known() : namesWithKeys(journals.folder);
  return [...new Set(names)].filter((name) => name !== FUNDER_NAME);
}

function seconds(name: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new SettingsError(`${name} must be a whole number of seconds\n${USAGE}`);
}
