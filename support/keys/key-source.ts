/** Where a run's keys come from: on a devnet they are derived and public, elsewhere they come from files. */
import type { NetworkRecord } from '../clients/network-record.ts';
import { wellKnownActor } from '../devnet/well-known.ts';
import { type UserKeys, addressesOf } from './credentials.ts';
import { FUNDER_NAME, chosenUsers, everyone } from './names.ts';
import { KeyFileError, keyFilePath, keyFolder, namesWithKeys, readKeyFile } from './key-files.ts';

/** Gives the keys of an actor by name. Throws KeyFileError. */
export type KeySource = (name: string) => UserKeys;

export const wellKnownKeys: KeySource = (name) => {
  const { evmPrivateKey, ledgerSeed } = wellKnownActor(name);
  return { name, evmPrivateKey, ledgerSeed };
};

/** The keys of a network's actors; files are looked for in the folder `usersFolder`/<name of the network>. */
export function keySourceOf(record: NetworkRecord, usersFolder: string): KeySource {
  if (record.wellKnownKeys === true) return wellKnownKeys;
  const folder = keyFolder(usersFolder, record.name);
  return (name) => readKeyFile(folder, name);
}

/** Why these users, their partners or the funder cannot act, one line each; empty when all have keys of their own. */
export function keyProblems(record: NetworkRecord, usersFolder: string, users: readonly string[]): string[] {
  if (record.wellKnownKeys === true) return [];
  const folder = keyFolder(usersFolder, record.name);
  const present = new Set(namesWithKeys(folder));
  const missing = [FUNDER_NAME, ...everyone(users)].filter((name) => !present.has(name));
  if (missing.length > 0) {
    const [first = ''] = missing;
    const others = missing.length === 1 ? '' : ` and ${missing.length - 1} more`;
    const cure = `npm run users -- --count ${highest(users)}`;
    return [`there is no file ${keyFilePath(folder, first)}${others}: NETWORK=${record.name} ${cure}`];
  }
  const owners = new Map<string, string>();
  return [FUNDER_NAME, ...everyone(users)].flatMap((name) => {
    try {
      return claimed(readKeyFile(folder, name), owners);
    } catch (error) {
      if (error instanceof KeyFileError) return [error.message];
      throw error;
    }
  });
}

function highest(users: readonly string[]): number {
  const chosen = chosenUsers(users);
  return typeof chosen === 'number' ? chosen : Math.max(...chosen);
}

/** Two actors with one key would spend each other's nonces and money. */
function claimed(keys: UserKeys, owners: Map<string, string>): string[] {
  const { evmAddress, ledgerAddress } = addressesOf(keys);
  return [evmAddress, ledgerAddress].flatMap((address) => {
    const owner = owners.get(address);
    owners.set(address, owner ?? keys.name);
    return owner === undefined ? [] : [`${keys.name} and ${owner} have the same key: address ${address}`];
  });
}
