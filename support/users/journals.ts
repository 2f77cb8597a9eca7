/**
 * Where the journals of a network's users are. Only a network that outlives a run has any: elsewhere nothing is left to
 * recover.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { JournalFile, networkIdentitySchema } from '../clients/journal-file.ts';
import type { World } from '../network/world.ts';
import { keyFolder } from '../keys/key-files.ts';

/** What a process must know to open journals; no secret is in it. */
export const journalsSchema = z.object({ folder: z.string(), network: networkIdentitySchema });
export type Journals = z.infer<typeof journalsSchema>;

const SUFFIX = '.journal.jsonl';

/** The place of this network's journals; undefined for a network that has none. */
export async function journalsOf({ record, rpc }: World, usersFolder: string): Promise<Journals | undefined> {
  if (record.capabilities.canSnapshot) return undefined;
  const genesis = await rpc.call<{ hash: string }>('eth_getBlockByNumber', ['0x0', false]);
  const network = {
    chainId: record.chain.chainId,
    genesisHash: genesis.hash,
    ledgerNetworkId: record.ledger.networkId,
  };
  return { folder: keyFolder(usersFolder, record.name), network };
}

/** Opens one user's journal and prints what was wrong with it. */
export const openJournal = ({ folder, network }: Journals, name: string): JournalFile =>
  new JournalFile(join(folder, `${name}${SUFFIX}`), network, (what) => process.stderr.write(`${what}\n`));

/** True when a journal in this folder has entries. They are not read. */
export function isAnythingJournalled(folder: string): boolean {
  return namesIn(folder).some((name) => readFileSync(join(folder, `${name}${SUFFIX}`), 'utf8').split('\n').length > 2);
}

/** Names of those who have a journal. */
export const namesWithJournals = ({ folder }: Journals): string[] => namesIn(folder);

function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .toSorted();
}
