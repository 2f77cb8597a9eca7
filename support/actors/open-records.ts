/** Looks at a user's own records while waiting for what others do with them. */
import { combineRecord } from '../clients/flare/reads.ts';
import type { RecordId } from '../model/state.ts';
import { readRecord } from '../readers/record-reads.ts';
import type { Hands } from './hands.ts';
import { isActive } from '../model/records.ts';

/** Those of the records that nobody has ended yet. */
export async function stillOpen(hands: Hands, records: readonly RecordId[]): Promise<RecordId[]> {
  const { fields } = await hands.read({
    fields: combineRecord(records, (id) => readRecord(hands.contracts, id)),
  });
  return records.filter((id) => isActive(fields[id]));
}
