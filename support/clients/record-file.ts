/** Writes a network's record to a file that only its owner can read, since it may hold a devnet's control token. */
import { schemaReference } from '../files/schemas.ts';
import { writeWhole } from '../files/whole.ts';
import type { NetworkRecord } from './network-record.ts';

const OWNER_ONLY = 0o600;

/** Writes the file whole or not at all. Throws an error that names the file. */
export function writeRecordFile(file: string, record: NetworkRecord): void {
  try {
    writeWhole(file, `${JSON.stringify({ $schema: schemaReference(file, 'network'), ...record }, null, 2)}\n`, {
      mode: OWNER_ONLY,
    });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`cannot write the network record to ${file}: ${why}`, { cause });
  }
}
