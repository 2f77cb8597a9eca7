/**
 * `npm run users -- --count N`: makes users with their partners, and a funder if there is none. Each actor's keys go into a
 * file of their own that only its owner can read; those that exist stay as they are. Prints addresses only.
 */
import { hexlify, randomBytes } from 'ethers';
import { generateSeed } from 'ripple-keypairs';
import { type Secrets, SettingsError } from '../../settings/settings.ts';
import { tableText } from '../../report/table.ts';
import { type UserKeys, addressesOf } from '../../keys/credentials.ts';
import { FUNDER_NAME, everyone, userNames } from '../../keys/names.ts';
import {
  KeyFileError,
  keyFilePath,
  keyFolder,
  namesWithKeys,
  readKeyFile,
  writeKeyFile,
} from '../../keys/key-files.ts';
import { HELP, type Program, readOptions, say, surroundings } from '../program.ts';

const USAGE = `usage: NETWORK=… npm run users -- --count N
  --count N   users there shall be, 1 to 100; those that exist count
A funder that exists already is taken from FUNDER_EVM_KEY and FUNDER_LEDGER_SEED, in .env or the environment.`;

export const run: Program = async (suite, words) => {
  const options = readOptions(words, USAGE, { ...HELP, count: { type: 'string' } });
  if (options.help === true) {
    say(USAGE);
    return 0;
  }
  const count = countOf(options.count);
  const { record, settings, secrets } = surroundings(suite);
  if (record.wellKnownKeys === true)
    throw new SettingsError(`NETWORK: ${record.name} has users with well-known keys; it needs no files`);
  const folder = keyFolder(settings.usersFolder, record.name);
  const given = givenFunder(secrets);
  const present = new Set(namesWithKeys(folder));
  if (given !== undefined && present.has(FUNDER_NAME)) requireSame(folder, given);
  const rows = [FUNDER_NAME, ...everyone(userNames(count))].map((name) => {
    const isNew = !present.has(name);
    const keys = isNew ? ((name === FUNDER_NAME ? given : undefined) ?? newKeys(name)) : readKeyFile(folder, name);
    if (isNew) writeKeyFile(folder, keys);
    const { evmAddress, ledgerAddress } = addressesOf(keys);
    return [isNew ? 'new' : 'kept', name, evmAddress, ledgerAddress];
  });
  say(tableText(rows));
  say(`\nkeys are in ${folder}; keep them: whoever loses them loses what the users hold`);
  return 0;
};

function countOf(text: string | undefined): number {
  const count = Number(text);
  if (text === undefined || !/^\d+$/.test(text) || count < 1 || count > 100)
    throw new SettingsError(`--count must be a whole number from 1 to 100\n${USAGE}`);
  return count;
}

/** Both keys or none: half a funder could not fund. */
function givenFunder({ funderEvmKey, funderLedgerSeed }: Secrets): UserKeys | undefined {
  if (funderEvmKey === undefined && funderLedgerSeed === undefined) return undefined;
  if (funderEvmKey === undefined) throw new SettingsError('FUNDER_LEDGER_SEED is set, but FUNDER_EVM_KEY is not');
  if (funderLedgerSeed === undefined) throw new SettingsError('FUNDER_EVM_KEY is set, but FUNDER_LEDGER_SEED is not');
  return { name: FUNDER_NAME, evmPrivateKey: funderEvmKey, ledgerSeed: funderLedgerSeed };
}

function requireSame(folder: string, given: UserKeys): void {
  const { evmPrivateKey, ledgerSeed } = readKeyFile(folder, FUNDER_NAME);
  if (evmPrivateKey === given.evmPrivateKey && ledgerSeed === given.ledgerSeed) return;
  throw new KeyFileError(
    `${keyFilePath(folder, FUNDER_NAME)} holds other keys than FUNDER_EVM_KEY and FUNDER_LEDGER_SEED, and is never ` +
      'overwritten: move it away, or take those settings out',
  );
}

function newKeys(name: string): UserKeys {
  return { name, evmPrivateKey: hexlify(randomBytes(32)), ledgerSeed: generateSeed({ algorithm: 'ed25519' }) };
}
