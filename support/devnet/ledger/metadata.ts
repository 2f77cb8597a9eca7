/**
 * Transaction metadata: which entries a transaction touched, and how, in the form a server prints.
 *
 * It only describes the difference between two states; what the difference should be is the engine's business.
 */
import type { EngineResult } from './engine-result.ts';
import { type Entry, type Thread, fieldsOf } from './entries.ts';
import { zeroHash } from './hashing.ts';
import type { Change } from './state.ts';

type Fields = Record<string, unknown>;
export type Metadata = Readonly<Fields>;

export interface MetadataInput {
  readonly changes: readonly Change[];
  readonly result: EngineResult;
  readonly transactionIndex: number;
  /** What arrived, for a successful payment or account deletion. */
  readonly deliveredDrops: bigint | undefined;
  /** True where the delivered amount is part of the serialized metadata (AccountDelete). */
  readonly deliveredIsSerialized: boolean;
}

/** Metadata as API versions 1 and 2 print it; the codec drops `delivered_amount` when it is hashed. */
export function metadataOf(input: MetadataInput): Fields {
  const delivered = input.deliveredDrops?.toString();
  return {
    AffectedNodes: input.changes.map(affectedNode),
    ...(delivered !== undefined && input.deliveredIsSerialized && { DeliveredAmount: delivered }),
    TransactionIndex: input.transactionIndex,
    TransactionResult: input.result,
    ...(delivered !== undefined && { delivered_amount: delivered }),
  };
}

function affectedNode({ index, before, after, deleted }: Change): Fields {
  const node = { LedgerEntryType: after.type, LedgerIndex: index };
  if (before === undefined) return { CreatedNode: { ...node, NewFields: withoutDefaults(fieldsOf(after)) } };
  const previous = previousFields(before, after);
  const changed = Object.keys(previous).length > 0 ? { PreviousFields: previous } : {};
  if (deleted) {
    return {
      DeletedNode: { ...node, FinalFields: { ...fieldsOf(after), ...threadFields(before.thread) }, ...changed },
    };
  }
  return { ModifiedNode: { ...node, FinalFields: fieldsOf(after), ...changed, ...threadFields(before.thread) } };
}

function withoutDefaults(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== 0 && value !== '0'));
}

/** The old value of every field that changed or went; a field that is new has no old value. */
function previousFields(before: Entry, after: Entry): Fields {
  const now = fieldsOf(after);
  const changed = ([name, value]: [string, unknown]): boolean => JSON.stringify(now[name]) !== JSON.stringify(value);
  return Object.fromEntries(Object.entries(fieldsOf(before)).filter(changed));
}

/** An entry of the genesis ledger was made by no transaction, and says so by silence. */
function threadFields(thread: Thread): Fields {
  if (thread.transactionHash === zeroHash) return {};
  return { PreviousTxnID: thread.transactionHash, PreviousTxnLgrSeq: thread.ledgerIndex };
}
