/**
 * Writes a network's record to a file that only its owner can read, since it may tell how to steer a devnet.
 */
import { writeWhole } from '../files/whole.ts';
import type { NetworkRecord } from './network-record.ts';

const OWNER_ONLY = 0o600;

/** Whoever waits for the file finds it whole or not at all. Throws an error that names the file when it cannot be written. */
export function writeRecordFile(file: string, record: NetworkRecord): void {
  try {
    writeWhole(file, `${JSON.stringify(record, null, 2)}\n`, { mode: OWNER_ONLY });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`cannot write the network record to ${file}: ${why}`, { cause });
  }
}
