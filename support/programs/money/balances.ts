/** `npm run balances`: what the funder, the users and their partners have on both chains. Reads only. */
import { Troubles, cleaningUp } from '../../units/troubles.ts';
import { decimalText } from '../../units/format.ts';
import { readFAssets, readPurse } from '../../money/prices.ts';
import { tableText } from '../../report/table.ts';
import { addressesOf } from '../../keys/credentials.ts';
import { FUNDER_NAME, everyone, userNames } from '../../keys/names.ts';
import { KeyFileError, keyFolder, namesWithKeys } from '../../keys/key-files.ts';
import { keySourceOf } from '../../keys/key-source.ts';
import { reachWorld } from '../../network/world.ts';
import { HELP, type Program, type Surroundings, readOptions, say, surroundings } from '../program.ts';

const USAGE = 'usage: NETWORK=… npm run balances';

export const run: Program = async (suite, words) => {
  if (readOptions(words, USAGE, HELP).help === true) {
    say(USAGE);
    return 0;
  }
  const around = surroundings(suite);
  const names = actorsOf(around);
  const keysOf = keySourceOf(around.record, around.settings.usersFolder);
  const actors = names.map((name) => ({ name, who: addressesOf(keysOf(name)) }));
  const world = await reachWorld(around.record, around.apiKeys);
  const show = async (): Promise<number> => {
    const rows: string[][] = [];
    const troubles = new Troubles();
    for (const { name, who } of actors) {
      const amounts = await troubles.attempt(name, async () => {
        const [{ nativeWei, drops }, fAssetUba] = await Promise.all([readPurse(world, who), readFAssets(world, who)]);
        return [decimalText(nativeWei, 18), decimalText(drops, 6), decimalText(fAssetUba, 6)];
      });
      rows.push([name, ...(amounts ?? ['?', '?', '?']), who.evmAddress, who.ledgerAddress]);
    }
    say(tableText([['', 'native', 'XRP', 'FAsset', '', ''], ...rows]));
    for (const line of troubles.lines) process.stderr.write(`${line}\n`);
    return troubles.lines.length === 0 ? 0 : 1;
  };
  return cleaningUp(show, () => world.close());
};

/** Everyone who has a key file, whatever USERS says: any of them may have money. */
function actorsOf({ record, settings }: Surroundings): string[] {
  if (record.wellKnownKeys === true) return [FUNDER_NAME, ...everyone(userNames(settings.users))];
  const folder = keyFolder(settings.usersFolder, record.name);
  const names = namesWithKeys(folder);
  if (names.length === 0)
    throw new KeyFileError(`there are no keys in ${folder}: NETWORK=${record.name} npm run users -- --count 3`);
  return names;
}
